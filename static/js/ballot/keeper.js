// Keeps choices that the server has not acknowledged, on this device and in this tab only.
export class Keeper {
  constructor(name) {
    this.name = name;
  }

  keep(rev, pairs) {
    try {
      sessionStorage.setItem(this.name, JSON.stringify({ rev, pairs }));
    } catch {
      // No storage on this device: the page itself still holds the choices.
    }
  }

  kept() {
    try {
      const text = sessionStorage.getItem(this.name);
      if (!text) return null;
      const { rev, pairs } = JSON.parse(text);
      return { rev, choices: new Map(pairs) };
    } catch {
      return null;
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.name);
    } catch {
      // Nothing was kept.
    }
  }
}
