// Whether a field says something else than when the page was drawn. On a slow connection people
// choose and type before a module is there, and no event will tell it.
export function touched(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const drawn = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value !== drawn?.value;
}
