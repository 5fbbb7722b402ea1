// As much of a page as modules look at when they are read. To be imported first.
globalThis.document ??= /** @type {any} */ ({ documentElement: { dir: "ltr" } });
