// Lights up on the maps where one can come from and go, at a role under the pointer or in focus, or along a path.

/** Light up the moves of a role and the roles they join. */
function lightRole(map, role) {
  const edges = [...map.querySelectorAll(".rb-edge[data-from]")];
  light(map, edges.filter((edge) => edge.dataset.from === role || edge.dataset.to === role), [role]);
}

/** Light up a chain of roles on every map of the page; an empty chain lets all shine again. */
export function lightPath(roles) {
  for (const map of document.querySelectorAll(".rb-map")) {
    const joins = (edge, from, to) => edge.dataset.from === from && edge.dataset.to === to;
    const edges = [...map.querySelectorAll(".rb-edge[data-from]")].filter((edge) =>
      roles.slice(1).some((to, index) => {
        const from = roles[index];
        return joins(edge, from, to) || ("mutual" in edge.dataset && joins(edge, to, from));
      }),
    );
    map.pinned = () => light(map, edges, roles);
    map.pinned();
    centre(map, map.querySelectorAll(".rb-box.rb-lit"));
  }
}

/** Keep a role lit on every map of the page. */
export function pinRole(role) {
  for (const map of document.querySelectorAll(".rb-map")) {
    map.pinned = () => lightRole(map, role);
    map.pinned();
  }
}

function light(map, edges, roles) {
  const lit = new Set([...roles, ...edges.flatMap((edge) => [edge.dataset.from, edge.dataset.to])]);
  map.classList.toggle("rb-map--lit", lit.size > 0);
  for (const edge of map.querySelectorAll(".rb-edge[data-from]")) edge.classList.toggle("rb-lit", edges.includes(edge));
  for (const box of map.querySelectorAll(".rb-box")) box.classList.toggle("rb-lit", lit.has(box.dataset.role));
}

/** Where the map is much wider than its frame, bring some parts of it into the middle. */
function centre(map, parts) {
  if (!parts.length || map.scrollWidth < map.clientWidth * 1.3) return;
  const boxes = [...parts].map((part) => part.getBoundingClientRect());
  const middle = (Math.min(...boxes.map((box) => box.left)) + Math.max(...boxes.map((box) => box.right))) / 2;
  const frame = map.getBoundingClientRect();
  map.scrollLeft += middle - frame.left - frame.width / 2;
}

for (const map of document.querySelectorAll(".rb-map")) {
  map.pinned = () => light(map, [], []);
  centre(map, map.querySelectorAll(map.querySelector(".rb-box--here") ? ".rb-box--here" : "svg"));
  for (const box of map.querySelectorAll(".rb-box")) {
    for (const on of ["pointerenter", "focus"]) box.addEventListener(on, () => lightRole(map, box.dataset.role));
    for (const off of ["pointerleave", "blur"]) box.addEventListener(off, () => map.pinned());
  }
}
