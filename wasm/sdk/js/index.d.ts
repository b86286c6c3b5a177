import type { Action, Decision, Event, Prompt, SaleState, Settings, TillwiseRecord } from "./types.js";

export type { Action, Decision, Event, Prompt, SaleState, Settings, TillwiseRecord };
export type { About, Exchange, Facts, Failure, Found, Operation, Policy, Sent, Texts } from "./types.js";

/** What a cashier is told, and what your program acts on. */
export interface Answer {
  v: 1;
  /** What to show and say. `prompt.actions[i]` are the words of `decision.actions[i]`. */
  prompt: Prompt;
  /** What your program acts on. */
  decision: Decision;
  /** Hand it back with the sale's next event; `engine.sale()` does so for you. */
  sale: SaleState;
  /** What you may keep: it holds nothing sensitive. Absent from a safe card, and where a card is only read again. */
  record?: TillwiseRecord;
  /** Why this is the safe card, or, of a choice that was not offered, the last card again. */
  error?: TillwiseError;
  /** The module's answer as it came. Absent where it gave none. */
  raw?: Uint8Array;
}

/** The kinds that the module gives, and three that are this package's: module_failed, wrong_module and deadline, which no engine in JavaScript gives. */
export type ErrorKind =
  | "bad_json"
  | "bad_event"
  | "bad_version"
  | "bad_facts"
  | "bad_policy"
  | "too_large"
  | "too_deep"
  | "action_not_offered"
  | "module_failed"
  | "wrong_module"
  | "deadline"
  | (string & {});

export class TillwiseError extends Error {
  constructor(kind: ErrorKind, detail: string, options?: { cause?: unknown });
  readonly kind: ErrorKind;
  /** Names the member that is wrong, never its value. */
  readonly detail: string;
}

export interface Options {
  /** The store's policy and texts, as an object or as JSON. Without them the defaults stand. */
  settings?: Settings | string | Uint8Array;
  /** Another module than the one in the package: its bytes, or where they are. Needs `sha256`. */
  module?: Uint8Array | ArrayBuffer | URL | string;
  /** In hexadecimal. */
  sha256?: string;
}

/** Runs the module. One is enough for a program, and for all of its sales. */
export class Engine {
  private constructor();
  /** Rejects with a TillwiseError: wrong_module, or bad_policy, bad_json and too_large for settings that are refused. */
  static open(options?: Options): Promise<Engine>;
  /** Begins a sale, or goes on from what `save` gave. */
  sale(saved?: string | SaleState | null): Sale;
  /** Always has a card, and never throws: beside `error` it is the safe one. An event may also be JSON, as text or bytes. */
  answer(event: Event | string | Uint8Array): Answer;
  /** The module's answer as it is, {"error":…} included. Throws a TillwiseError where it gave none. */
  answerJSON(event: string | Uint8Array): Uint8Array;
  /** {v, decision, sale} for {v, facts, sale, policy}: the stage that replay repeats. Throws like answerJSON. */
  decideJSON(input: string | Uint8Array): Uint8Array;
  /** The module's account of itself: ABI, catalogue, locales, limits and every card. Throws like answerJSON. */
  describe(): Description;
  /** Frees the module's memory. `answer` goes on giving safe cards. */
  close(): void;
}

/** One customer's sale: carries what the module remembers from event to event. */
export class Sale {
  private constructor();
  /** Always has a card, and never throws. */
  answer(event: Omit<Event, "sale">): Answer;
  /** The state as text: to be on the disk before you act on the answer. */
  save(): string;
}

export interface Description {
  abi: number;
  catalogue: string;
  locales: string[];
  limits: { [name: string]: number };
  cards: unknown[];
}

/** The safe card for an event, without an engine: for a program whose engine does not open. */
export function safe(event: Event | string | Uint8Array, settings?: Settings | string | Uint8Array): Answer;
