import { describe, expect, it } from 'vitest';
import type { Tile } from '../api/saved';
import { arranged, mostTiles } from './board';

const tiles: readonly Tile[] = ['a', 'b', 'a'].map((analysisId) => ({ analysisId, title: '', width: 6 }));
const ids = (all: readonly Tile[]) => all.map((tile) => tile.analysisId).join('');

describe('the tiles of a dashboard', () => {
  it('are added at the end, half as wide as the page, up to the limit', () => {
    expect(arranged(tiles, { kind: 'add', analysisId: 'c' }).at(-1)).toEqual({
      analysisId: 'c',
      title: '',
      width: 6,
    });
    const full = Array.from({ length: mostTiles }, () => tiles[0] as Tile);
    expect(arranged(full, { kind: 'add', analysisId: 'c' })).toBe(full);
  });

  it('are told apart by their place', () => {
    expect(ids(arranged(tiles, { kind: 'remove', index: 2 }))).toBe('ab');
    expect(ids(arranged(tiles, { kind: 'remove', index: 0 }))).toBe('ba');
    const wide = arranged(tiles, { kind: 'resize', index: 2, width: 12 });
    expect(wide.map((tile) => tile.width)).toEqual([6, 6, 12]);
  });

  it('move by one place and never out of the page', () => {
    expect(ids(arranged(tiles, { kind: 'move', index: 1, by: -1 }))).toBe('baa');
    expect(ids(arranged(tiles, { kind: 'move', index: 1, by: 1 }))).toBe('aab');
    expect(arranged(tiles, { kind: 'move', index: 0, by: -1 })).toBe(tiles);
    expect(arranged(tiles, { kind: 'move', index: 2, by: 1 })).toBe(tiles);
  });
});
