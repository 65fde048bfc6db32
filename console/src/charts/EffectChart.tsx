import { type ReactNode, useRef, useState } from 'react';
import type { Interval } from '../api/results';
import { useConsole } from '../app/context';
import { niceCeiling, useWidth } from './TrendChart';

const height = 220;
const margin = { left: 58, right: 12, top: 12, bottom: 24 };

/** How much wider than at the last look an early interval is drawn before it is cut off. */
const widest = 4;

/** An effect as it was told at a look. */
export interface EffectPoint {
  readonly time: Date | undefined;
  readonly units: number;
  readonly estimate: number;
  readonly interval: Interval;
}

/** The effect at every look with what is not excluded, above and below no difference. */
export function EffectChart({ points, label }: { points: readonly EffectPoint[]; label: string }): ReactNode {
  const { format } = useConsole();
  const [hovered, setHovered] = useState<number>();
  const picture = useRef<SVGSVGElement>(null);
  const width = useWidth(picture);
  const reach = effectReach(points);
  const inner = width - margin.left - margin.right;
  const x = (index: number) =>
    margin.left + (points.length === 1 ? inner / 2 : (inner * index) / (points.length - 1));
  const y = (value: number) => {
    const shown = Math.max(-reach, Math.min(reach, value));
    return margin.top + ((height - margin.top - margin.bottom) * (reach - shown)) / (2 * reach);
  };
  const low = (point: EffectPoint) => y(point.interval.low ?? -reach);
  const high = (point: EffectPoint) => y(point.interval.high ?? reach);
  const upper = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${high(point)}`);
  const lower = points.map((point, index) => `L${x(index)} ${low(point)}`).toReversed();
  const line = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(point.estimate)}`);
  const every = Math.ceil(points.length / Math.max(2, Math.floor(width / 110)));
  const at = hovered === undefined ? undefined : points[hovered];
  const hover = (event: React.PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const inside = ((event.clientX - box.left) / box.width) * width - margin.left;
    const index = Math.round((inside / inner) * (points.length - 1));
    setHovered(Math.max(0, Math.min(points.length - 1, index)));
  };
  return (
    <svg
      ref={picture}
      className="trend effect"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      onPointerMove={hover}
      onPointerLeave={() => setHovered(undefined)}
    >
      {[-reach, -reach / 2, 0, reach / 2, reach].map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? 'zero' : 'grid'}
            x1={margin.left}
            x2={width - margin.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text className="tick" x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
            {format.change(tick)}
          </text>
        </g>
      ))}
      <path className="trend-area" d={`${upper.join('')}${lower.join('')}Z`} />
      <path className="trend-line" d={line.join('')} />
      {points.map((point, index) => (
        <g key={point.time?.getTime() ?? index} className="look">
          {/* A look alone has no area beside it, so its interval is drawn as a line. */}
          <line x1={x(index)} x2={x(index)} y1={high(point)} y2={low(point)} />
          <circle cx={x(index)} cy={y(point.estimate)} r={3} />
          {index % every === 0 && (
            <text
              className="tick"
              x={x(index)}
              y={height - 6}
              textAnchor={index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
            >
              {format.date(point.time)}
            </text>
          )}
        </g>
      ))}
      {at && hovered !== undefined && (
        <g className="trend-hover">
          <line x1={x(hovered)} x2={x(hovered)} y1={margin.top} y2={height - margin.bottom} />
          <circle cx={x(hovered)} cy={y(at.estimate)} r={4} />
          <text
            x={x(hovered) + (hovered > points.length / 2 ? -8 : 8)}
            y={margin.top + 12}
            textAnchor={hovered > points.length / 2 ? 'end' : 'start'}
          >
            {format.dateTime(at.time)} · {format.change(at.estimate)}
          </text>
        </g>
      )}
    </svg>
  );
}

/** Where the axis ends: first looks know next to nothing, and would press all later ones flat. */
export function effectReach(points: readonly EffectPoint[]): number {
  const size = ({ estimate, interval }: EffectPoint) =>
    Math.max(Math.abs(estimate), Math.abs(interval.low ?? 0), Math.abs(interval.high ?? 0));
  const last = points.at(-1);
  const most = Math.max(0.001, ...points.map(size));
  return niceCeiling(last ? Math.min(most, Math.max(0.001, size(last)) * widest) : most);
}
