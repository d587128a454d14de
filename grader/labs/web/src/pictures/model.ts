/** What a picture shows of one state of the page. */

import type { Exercise, Live } from "../exercise/facts";
import type { Verdict } from "../exercise/grading";

export type View = "sum" | "one" | "adding";

export interface Scene {
  readonly exercise: Exercise;
  readonly verdict: Verdict;
  readonly level: Live;
  readonly untouched: boolean;
  /** The unit that is chosen: it lies on top and has handles. */
  readonly chosen: number;
  readonly view: View;
  /** Whether the row of needed slope changes is shown: on request, and when all is right. */
  readonly needs: boolean;
  /** A prefix of ids inside this picture, for several labs may stand in one document. */
  readonly id: string;
}
