package io.tenure.platform.embedded.clickhouse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way from the network thread to the thread that runs the statement. It
 * holds a little and then stops reading from the network, so that an insert of any size needs a
 * fixed amount of memory.
 */
final class RequestBody extends InputStream {

  private static final int ENOUGH = 1024 * 1024;

  private final Channel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ByteBuf> pieces = new ArrayDeque<>();
  private long held;
  private boolean complete;
  private boolean broken;
  private boolean unwanted;

  RequestBody(Channel channel) {
    this.channel = channel;
  }

  /** Takes over a piece from the network. */
  void offer(ByteBuf piece) {
    lock.lock();
    try {
      if (unwanted || broken || !piece.isReadable()) {
        ReferenceCountUtil.release(piece);
        return;
      }
      pieces.addLast(piece);
      held += piece.readableBytes();
      if (held >= ENOUGH) {
        channel.config().setAutoRead(false);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void complete() {
    lock.lock();
    try {
      complete = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The client has gone before the body ended, or while it is of no use any more. */
  void abort() {
    lock.lock();
    try {
      broken = !complete;
      discard();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True when the whole body has arrived from the network. */
  boolean isComplete() {
    lock.lock();
    try {
      return complete;
    } finally {
      lock.unlock();
    }
  }

  /** Throws away what has come and will come. */
  @Override
  public void close() {
    lock.lock();
    try {
      unwanted = true;
      discard();
    } finally {
      lock.unlock();
    }
    channel.config().setAutoRead(true);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    lock.lock();
    try {
      ByteBuf piece = awaitPiece();
      if (piece == null) {
        return -1;
      }
      int part = Math.min(count, piece.readableBytes());
      piece.readBytes(target, offset, part);
      held -= part;
      if (!piece.isReadable()) {
        pieces.removeFirst().release();
      }
      if (held < ENOUGH / 2 && !channel.config().isAutoRead()) {
        channel.config().setAutoRead(true);
      }
      return part;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ByteBuf awaitPiece() throws IOException {
    while (pieces.isEmpty()) {
      if (broken) {
        throw new IOException("the client went away before the body ended");
      }
      if (complete) {
        return null;
      }
      changed.awaitUninterruptibly();
    }
    return pieces.getFirst();
  }

  private void discard() {
    pieces.forEach(ReferenceCountUtil::release);
    pieces.clear();
    held = 0;
  }
}
