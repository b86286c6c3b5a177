// What is wrong, for a program (kind) and for who reads the log (detail).
export class TillwiseError extends Error {
  constructor(kind, detail, options) {
    super(`${kind}: ${detail}`, options);
    this.name = "TillwiseError";
    this.kind = kind;
    this.detail = detail;
  }
}

export const moduleFailed = (doing, cause) =>
  new TillwiseError("module_failed", `${doing}: ${firstLine(cause)}`, { cause });

export const wrongModule = (detail, cause) => new TillwiseError("wrong_module", detail, { cause });

// What follows a failure's first line is a trace of numbered functions.
export const firstLine = (cause) => String(cause?.message ?? cause).split("\n", 1)[0];
