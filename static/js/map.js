// The map that moves: loaded only by pages that have one, put in the place of the drawn picture.
// Without it (or where it fails) the picture and the list say the same.
import L from "leaflet";
import "leaflet.markercluster";
import "leaflet/dist/leaflet.css";

const NUMBERED = 46;

function boundsOf(text) {
  const [west, south, east, north] = text.split(",").map(Number);
  return L.latLngBounds([south, west], [north, east]);
}

function begin(holder, words) {
  const element = document.createElement("div");
  element.className = "cc-live-map";
  element.setAttribute("role", "application");
  element.setAttribute("aria-label", words.label);
  holder.prepend(element);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: Boolean(words.tiles),
    fadeAnimation: !still,
    zoomAnimation: !still,
    markerZoomAnimation: !still,
    scrollWheelZoom: false,
    zoomSnap: 0.25,
    maxZoom: 19,
  });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  if (words.tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(words.tiles, { attribution: words.credit, maxZoom: 19 }).addTo(map);
  }
  map.fitBounds(boundsOf(words.bounds));
  return map;
}

// The drawn boundaries, laid over the same rectangle: no second download of the shapes.
function boundaries(map, picture, words) {
  const copy = picture.cloneNode(true);
  const without = "a, circle, rect, .cc-resource-map__name";
  copy.querySelectorAll(without).forEach((one) => one.remove());
  copy.removeAttribute("role");
  copy.removeAttribute("aria-label");
  copy.setAttribute("aria-hidden", "true");
  copy.setAttribute("preserveAspectRatio", "none");
  L.svgOverlay(copy, boundsOf(words.bounds), { interactive: false }).addTo(map);
}

// Where a spot of the picture lies on Earth.
function whereIs(picture, words, x, y) {
  const bounds = boundsOf(words.bounds);
  const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
  const latitude = bounds.getNorth() - (y / height) * (bounds.getNorth() - bounds.getSouth());
  const longitude = bounds.getWest() + (x / width) * (bounds.getEast() - bounds.getWest());
  return [latitude, longitude];
}

// The areas' names lie above spots and clusters, which would hide them, and are never in the way.
function areaNames(map, picture, words) {
  const pane = map.createPane("names");
  pane.style.zIndex = 650;
  pane.style.pointerEvents = "none";
  picture.querySelectorAll(".cc-resource-map__name").forEach((one) => {
    const html = document.createElement("span");
    html.textContent = one.textContent;
    const icon = L.divIcon({ className: "cc-area-name", iconSize: [0, 0], html });
    const [x, y] = ["x", "y"].map((name) => Number(one.getAttribute(name)));
    const still = { icon, interactive: false, keyboard: false, pane: "names" };
    L.marker(whereIs(picture, words, x, y), still).addTo(map);
  });
}

// Whole areas: the drawn squares in the same spot. Spots may lie over them, so they only tell; the
// filter above the map opens what is in an area.
function wholeAreas(map, picture, words) {
  picture.querySelectorAll("a:has(rect)").forEach((link) => {
    const square = link.querySelector("rect");
    const [x, y] = ["x", "y"].map((name) => Number(square.getAttribute(name)));
    const icon = L.divIcon({
      className: "cc-pin cc-pin--area",
      iconSize: [NUMBERED, NUMBERED],
      html: `<span>${Number(link.textContent)}</span>`,
    });
    const still = { icon, interactive: false, keyboard: false, zIndexOffset: -500 };
    L.marker(whereIs(picture, words, x, y), still).addTo(map);
  });
}

function pin(kind) {
  return L.divIcon({
    className: "cc-pin",
    iconSize: [NUMBERED, NUMBERED],
    html: `<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><circle class="cc-kind--${kind}" cx="12" cy="12" r="10"/></svg>`,
  });
}

function many(number) {
  return L.divIcon({
    className: "cc-pin cc-pin--many",
    iconSize: [NUMBERED, NUMBERED],
    html: `<span>${number}</span>`,
  });
}

function spot(point, page) {
  const [longitude, latitude, kind, id, what] = point;
  const marker = L.marker([latitude, longitude], { icon: pin(kind), title: what, alt: what });
  const link = document.createElement("a");
  link.href = `${page}${id}/`;
  link.textContent = what;
  // A pointer opens a bubble with the link; Enter goes there at once.
  marker.on("add", () => {
    marker.getElement()?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") location.assign(link.href);
    });
  });
  return marker.bindPopup(link);
}

function gathered(map, cell, words) {
  const [longitude, latitude, number, [west, south, east, north]] = cell;
  const name = `${number} ${words.several}`;
  const marker = L.marker([latitude, longitude], { icon: many(number), title: name, alt: name });
  return marker.on("click", () => {
    const inside = L.latLngBounds([south, west], [north, east]).pad(0.1);
    if (map.getBoundsZoom(inside) > map.getZoom()) map.fitBounds(inside);
    else map.setView([latitude, longitude], map.getZoom() + 2);
  });
}

async function explore(figure) {
  const words = figure.dataset;
  const picture = figure.querySelector("svg");
  const map = begin(figure, words);
  boundaries(map, picture, words);
  wholeAreas(map, picture, words);
  areaNames(map, picture, words);
  picture.remove();
  // The drawn map's own look is not the moving one's.
  figure.classList.remove("cc-map");
  const spots = L.markerClusterGroup({
    showCoverageOnHover: false,
    maxClusterRadius: 72,
    animate: false,
    iconCreateFunction: (cluster) => many(cluster.getChildCount()),
  });
  // Clusters say what they are to those who do not see them.
  spots.on("animationend layeradd", () => nameClusters(figure, words));
  const cells = L.layerGroup();
  map.addLayer(spots).addLayer(cells);
  // Where every spot is on the map already: moving about in it asks for nothing.
  let known = null;
  async function load() {
    if (known?.contains(map.getBounds())) return;
    const view = map.getBounds().pad(0.5);
    const address = new URL(words.points, location.href);
    address.searchParams.set("view", view.toBBoxString());
    // Without a connection the map stays as it is, and asks again when it is moved.
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const found = await answer.json();
    known = found.cells.length ? null : view;
    spots.clearLayers();
    cells.clearLayers();
    spots.addLayers(found.points.map((point) => spot(point, found.page)));
    found.cells.forEach((cell) => cells.addLayer(gathered(map, cell, words)));
    nameClusters(figure, words);
    figure.dataset.ready = "";
  }
  map.on("moveend", () => {
    load();
    nameClusters(figure, words);
  });
  await load();
}

function nameClusters(figure, words) {
  requestAnimationFrame(() => {
    figure.querySelectorAll(".cc-pin--many:not([aria-label])").forEach((one) => {
      one.setAttribute("aria-label", `${one.textContent} ${words.several}`);
    });
  });
}

function choose(holder) {
  const words = holder.dataset;
  const latitude = document.querySelector("[name=latitude]");
  const longitude = document.querySelector("[name=longitude]");
  const picture = holder.querySelector("svg");
  let marker = null;
  // Beside the boxes that it fills in, which show once "At one spot" is chosen.
  longitude.closest(".govuk-form-group").after(holder);
  const map = begin(holder, words);
  boundaries(map, picture, words);
  holder.querySelector("figure").remove();
  document.addEventListener("change", () => {
    map.invalidateSize();
    if (!marker) map.fitBounds(boundsOf(words.bounds));
  });
  
  function put(at) {
    latitude.value = at.lat.toFixed(6);
    longitude.value = at.lng.toFixed(6);
    if (marker) marker.setLatLng(at);
    else marker = L.marker(at, { icon: pin("buildings"), keyboard: false }).addTo(map);
    const spotted = document.querySelector("[name=where][value=point]");
    if (spotted && !spotted.checked) spotted.click();
  }
  if (latitude.value && longitude.value) {
    put(L.latLng(Number(latitude.value), Number(longitude.value)));
  }
  map.on("click", (event) => put(event.latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    put(map.getCenter());
  });
}

document.querySelectorAll("[data-map]").forEach(explore);
document.querySelectorAll("[data-choose]").forEach(choose);
