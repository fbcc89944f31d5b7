/** Languages: which one to speak, and a function from a key of `texts/` to a sentence. Only the chosen file is loaded. */

const LOADERS = {
  "pt-BR": () => import("./texts/pt-BR.js"),
  en: () => import("./texts/en.js"),
  es: () => import("./texts/es.js"),
};

/** The languages people can choose, each by its own name; the first two letters are shown where room is short. */
export const LANGUAGES = { "pt-BR": "Português", en: "English", es: "Español" };

/** Return the first wish, most important first, that we can speak ("es-AR" is es, "pt" is pt-BR), else pt-BR. */
export function chooseLanguage(...wishes) {
  const main = (tag) => tag.toLowerCase().split("-")[0];
  for (const wish of wishes.filter(Boolean)) {
    const found = Object.keys(LANGUAGES).find((known) => main(known) === main(wish));
    if (found) return found;
  }
  return "pt-BR";
}

/** Return `t(key, values)`: the sentence with its `{placeholders}` filled in, numbers written as the language does. */
export async function loadTexts(lang) {
  const { default: texts } = await LOADERS[lang]();
  const number = new Intl.NumberFormat(lang);
  const written = (value) => (typeof value === "number" ? number.format(value) : value);
  return (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
}
