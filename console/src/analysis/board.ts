import { standardWidth, type Tile } from '../api/saved';

/** The tiles of a dashboard while they are arranged. A question may stand on it twice. */
export type TileAction =
  | { readonly kind: 'add'; readonly analysisId: string }
  | { readonly kind: 'remove'; readonly index: number }
  | { readonly kind: 'move'; readonly index: number; readonly by: -1 | 1 }
  | { readonly kind: 'resize'; readonly index: number; readonly width: number };

export const mostTiles = 50;

/** Of twelve columns. */
export const widths = [4, 6, 12] as const;

export function arranged(tiles: readonly Tile[], action: TileAction): readonly Tile[] {
  switch (action.kind) {
    case 'add':
      return tiles.length >= mostTiles
        ? tiles
        : [...tiles, { analysisId: action.analysisId, title: '', width: standardWidth }];
    case 'remove':
      return tiles.filter((_, index) => index !== action.index);
    case 'move':
      return moved(tiles, action.index, action.index + action.by);
    case 'resize':
      return tiles.map((tile, index) => (index === action.index ? { ...tile, width: action.width } : tile));
  }
}

/** The list with one entry elsewhere; as it was when there is no such place. */
export function moved<T>(entries: readonly T[], from: number, to: number): readonly T[] {
  const entry = entries[from];
  if (entry === undefined || to < 0 || to >= entries.length) {
    return entries;
  }
  const rest = entries.filter((_, index) => index !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}
