/** The customer's HTTP calls: one POST, and what its answer means for a message that waits to be delivered. */

const DEADLINE_MS = 25_000; // the server ends a turn in 6 s; the rest is a slow mobile network
const GONE = new Set(["session_not_found", "session_required", "token_invalid"]);

/** Send one message. Never throws: what the network or the server does is an `Outcome` of types.d.ts. */
export async function post(url, body, { token, lang }) {
  if (!navigator.onLine) return wait("offline"); // no call: the browser would log an error for each
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Accept-Language": lang };
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      credentials: "omit", // the bearer says who is writing; a cookie of another tab must not
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return meaning(response, await response.json());
  } catch (error) {
    if (error.name === "TimeoutError") return wait("late");
    return wait(error instanceof SyntaxError ? "down" : "offline"); // SyntaxError: a proxy answered in HTML
  }
}

function meaning(response, body) {
  const seconds = Number(response.headers.get("Retry-After")) || null;
  if (response.status === 202) return wait("running", seconds);
  if (response.ok) return answer(response.headers, body);
  if (response.status === 429) return wait("limited", seconds);
  if (response.status >= 500) return wait("down", seconds);
  if (GONE.has(body.code) || response.status === 401 || response.status === 404) return { kind: "lost" };
  return { kind: "refused", message: body.message };
}

function answer(headers, body) {
  const session = {
    token: headers.get("Roteiro-Token"),
    protocol: headers.get("Roteiro-Protocol"),
    status: headers.get("Roteiro-Status"),
    step: wholeNumber(headers.get("Roteiro-Step")),
    total: body.steps,
    seq: wholeNumber(headers.get("Roteiro-Seq")),
  };
  const known = Object.entries(session).filter(([, value]) => (value ?? null) !== null);
  return {
    kind: "answer",
    text: body.answer.AI_MESSAGE ?? body.answer, // ROTEIRO_CHAT_AI_ANSWER=object
    final: body.is_final_step === "True",
    session: Object.fromEntries(known),
  };
}

function wholeNumber(text) {
  return text === null || text === "" ? null : Number(text);
}

function wait(reason, seconds = null) {
  return { kind: "wait", reason, seconds };
}
