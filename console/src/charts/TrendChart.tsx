import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useConsole } from '../app/context';

/** Before it is measured. */
const usualWidth = 720;
const narrowest = 220;
const height = 180;
const margin = { left: 44, right: 8, top: 10, bottom: 22 };

/** One period of a line. */
export interface LinePoint {
  readonly startDate: string;
  readonly value: number;
  readonly incomplete: boolean;
}

/** A number per period as a line over its area; the period under the pointer is named. */
export function TrendChart({ points, label }: { points: readonly LinePoint[]; label: string }): ReactNode {
  const { format } = useConsole();
  const [hovered, setHovered] = useState<number>();
  const picture = useRef<SVGSVGElement>(null);
  const width = useWidth(picture);
  const top = niceCeiling(Math.max(1, ...points.map((point) => point.value)));
  const x = (index: number) =>
    margin.left + ((width - margin.left - margin.right) * index) / Math.max(1, points.length - 1);
  const y = (value: number) => height - margin.bottom - ((height - margin.top - margin.bottom) * value) / top;
  const path = (from: number, to: number) =>
    points
      .slice(from, to)
      .map((point, index) => `${index === 0 ? 'M' : 'L'}${x(from + index)} ${y(point.value)}`)
      .join('');
  const unfinished = points.findIndex((point) => point.incomplete);
  const finished = unfinished < 0 ? points.length : unfinished;
  const area = `${path(0, points.length)}L${x(points.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z`;
  const every = Math.ceil(points.length / Math.max(2, Math.floor(width / 110)));
  const at = hovered === undefined ? undefined : points[hovered];
  const hover = (event: React.PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const inside = ((event.clientX - box.left) / box.width) * width - margin.left;
    const index = Math.round((inside / (width - margin.left - margin.right)) * (points.length - 1));
    setHovered(Math.max(0, Math.min(points.length - 1, index)));
  };
  return (
    <svg
      ref={picture}
      className="trend"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      onPointerMove={hover}
      onPointerLeave={() => setHovered(undefined)}
    >
      {[0, top / 2, top].map((tick) => (
        <g key={tick}>
          <line className="grid" x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
          <text className="tick" x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
            {format.compact(tick)}
          </text>
        </g>
      ))}
      <path className="trend-area" d={area} />
      <path className="trend-line" d={path(0, finished)} />
      {/* The period that still grows is drawn as such. */}
      <path className="trend-line unfinished" d={path(Math.max(0, finished - 1), points.length)} />
      {points.map((point, index) =>
        index % every === 0 ? (
          <text
            key={point.startDate}
            className="tick"
            x={x(index)}
            y={height - 6}
            textAnchor={index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
          >
            {format.day(point.startDate)}
          </text>
        ) : null,
      )}
      {at && hovered !== undefined && (
        <g className="trend-hover">
          <line x1={x(hovered)} x2={x(hovered)} y1={margin.top} y2={height - margin.bottom} />
          <circle cx={x(hovered)} cy={y(at.value)} r={4} />
          <text
            x={x(hovered) + (hovered > points.length / 2 ? -8 : 8)}
            y={margin.top + 12}
            textAnchor={hovered > points.length / 2 ? 'end' : 'start'}
          >
            {format.day(at.startDate)} · {format.number(at.value)}
          </text>
        </g>
      )}
    </svg>
  );
}

/** As wide as it is shown, so that its words are as large as all others. */
export function useWidth(picture: React.RefObject<SVGSVGElement | null>): number {
  const [width, setWidth] = useState(usualWidth);
  useEffect(() => {
    const observer = new ResizeObserver((entries) => {
      const shown = entries[0]?.contentRect.width ?? 0;
      if (shown > 0) {
        setWidth(Math.max(narrowest, Math.round(shown)));
      }
    });
    if (picture.current) {
      observer.observe(picture.current);
    }
    return () => observer.disconnect();
  }, [picture]);
  return width;
}

/** The next 1, 2 or 5 times a power of ten: an axis people can halve in their head. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
