// Whether what came is what was asked for. Pure.
// @ts-check

/** The log-in page of a Wi-Fi answers 200 to everything. @param {{ok: boolean, headers: Headers}} response */
export const isScript = ({ ok, headers }) => ok && /javascript/.test(headers.get("Content-Type") ?? "");
