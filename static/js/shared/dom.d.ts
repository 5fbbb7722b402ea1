// Events as our templates hand them over: for the type check alone, no page loads this file.

/** An event of the element that it was bound to. */
export type On<E extends EventTarget = HTMLInputElement, K extends Event = Event> = K & { target: E };

/** What lit-html's templates are made of; views give it or `nothing`. */
export type View = unknown;
