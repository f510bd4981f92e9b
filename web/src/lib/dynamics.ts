// What the forecasting models answer.
interface Place {
  issue: string;
  value: number;
  option: string | null;
}
export interface Forecast {
  issues: (Place & {
    likelihood: number;
    band: string;
    likeliest: string;
    low: number;
    high: number;
    models: { model: string; value: number; option: string | null }[];
    options: { option: string; place: number; likelihood: number; band: string; models: number }[];
  })[];
  record: { model: string; mean_error: number; interval: { low: number; high: number } }[];
  record_error: number;
  record_of: string;
}
export interface Challenge {
  issues: (Place & {
    actors: string[];
    rounds: {
      round: number;
      median: number;
      mean: number;
      positions: number[];
      moves: { actor: string; towards: string; kind: string; from: number; to: number }[];
    }[];
  })[];
}
/** What one of two partners of an exchange does and gets. */
export interface Side {
  actor: string;
  gives_way_on: string;
  from: number;
  to: number;
  gain: number;
}
export interface Exchange {
  issues: Place[];
  rounds: {
    round: number;
    outcomes: { issue: string; before: number; after: number }[];
    exchanges: {
      first: Side;
      second: Side;
      cut: boolean;
      externalities: { actor: string; effect: number; inner: boolean }[];
    }[];
  }[];
  balances: {
    actor: string;
    own: number;
    inner_gains: number;
    inner_losses: number;
    outer_gains: number;
    outer_losses: number;
  }[];
}
export interface Spatial {
  issues: Place[];
  end: string;
  actors: string[];
  turns: {
    turn: number;
    positions: number[][];
    bargains: { by: string; with: string; chance: number; gain: number; by_accepts: boolean; with_accepts: boolean }[];
  }[];
}
