#include <candour/certify/certificate_text.hpp>

#include <candour/certify/seal_text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::certify {
namespace {

using nlohmann::ordered_json;
using table::PublishedCell;

// ---- writing -------------------------------------------------------------------------------------------------------------------------

ordered_json json_of(const table::TableDesign& design) {
  ordered_json by = ordered_json::array();
  for (const table::ShownVariable& shown : design.by) by.push_back({shown.variable, shown.levels});
  return {{"id", design.id}, {"question", design.question}, {"unit", static_cast<int>(design.unit)}, {"by", by}};
}

struct CellJson {
  ordered_json operator()(const table::Value& v) const { return v.units; }
  ordered_json operator()(const table::Rounded& r) const { return {"rounded", r.units, r.base, static_cast<int>(r.kind)}; }
  ordered_json operator()(const table::Perturbed& p) const { return {"perturbed", p.units, p.most_noise, p.protected_below}; }
  ordered_json operator()(const table::Suppressed&) const { return "c"; }
  ordered_json operator()(const table::NotAvailable& n) const { return {"x", static_cast<int>(n.reason)}; }
  ordered_json operator()(const table::NotApplicable& n) const { return {"z", static_cast<int>(n.reason)}; }
};

ordered_json json_of(const table::PublishedTable& table) {
  ordered_json cells = ordered_json::array();
  for (const PublishedCell& cell : table.cells) cells.push_back(std::visit(CellJson{}, cell));
  ordered_json json{
      {"title", table.title}, {"design", json_of(table.design)}, {"convention", static_cast<int>(table.convention)}, {"scale", table.scale}, {"cells", cells}};
  if (table.noise) json["noise"] = {table.noise->variance_thousandths, table.noise->key_name};
  return json;
}

struct ClaimJson {
  ordered_json operator()(const table::NoClaim&) const { return nullptr; }
  ordered_json operator()(const table::SmallCountsIn& c) const { return {{"small_counts_in", json_of(c.finer)}, {"minimum", c.minimum}}; }
  ordered_json operator()(const table::PercentageOf& c) const {
    return {{"percentage", {c.numerator.table, c.numerator.cell, c.denominator.table, c.denominator.cell, c.decimals, c.units}}};
  }
  ordered_json operator()(const table::CountBetween& c) const {
    ordered_json box = ordered_json::array();
    for (const table::LeafRange range : c.box) box.push_back({range.first, range.end});
    return {{"count_of_question", c.question}, {"box", box}, {"lowest", c.lowest}, {"highest", c.highest}};
  }
  ordered_json operator()(const table::CountsBetween& c) const {
    ordered_json counts = ordered_json::array();
    for (const table::CountBetween& one : c.counts) counts.push_back((*this)(one));
    return {{"counts", counts}};
  }
};

ordered_json json_of(const table::PublishedStatement& s) {
  return {{"id", s.id}, {"question", s.question}, {"place", static_cast<int>(s.place)}, {"text", s.text}, {"claim", std::visit(ClaimJson{}, s.claim)}};
}

ordered_json json_of(const table::AtomSpace& space) {
  ordered_json variables = ordered_json::array();
  for (const table::Variable& v : space.variables) {
    ordered_json categories = ordered_json::array();
    const table::Hierarchy& h = v.hierarchy;
    for (table::NodeIndex n = 0; n < h.size(); ++n) categories.push_back({h.code(n), n == 0 ? "" : h.code(h.parent(n)), h.label(n)});
    std::vector<std::string> levels;
    for (int level = 0; level <= h.depth(); ++level) levels.push_back(h.level_name(level));
    variables.push_back(
        {{"name", v.name}, {"label", v.label}, {"role", static_cast<int>(v.role)}, {"hierarchy", h.name()}, {"levels", levels}, {"categories", categories}});
  }
  ordered_json questions = ordered_json::array();
  for (const table::CountedQuestion& q : space.questions) {
    std::string covered;
    for (const bool c : q.covered_periods) covered += c ? '1' : '0';
    questions.push_back({{"id", q.id}, {"label", q.label}, {"covered", covered}});
  }
  return {{"id", space.id},
          {"label", space.label},
          {"variables", variables},
          {"questions", questions},
          {"memberships", space.memberships},
          {"period", space.period ? static_cast<int>(*space.period) : -1}};
}

ordered_json json_of(const table::Evidence& evidence) {
  ordered_json moves = ordered_json::array();
  for (const table::Move& move : evidence.moves) {
    ordered_json changes = ordered_json::array();
    for (const table::AtomChange& c : move) {
      changes.push_back(c.atom);
      changes.push_back(c.change);
    }
    moves.push_back(std::move(changes));
  }
  ordered_json secrets = ordered_json::array();
  for (const auto& [id, witnesses] : evidence.witnesses_of) secrets.push_back({id, witnesses});
  return {{"moves", moves}, {"secrets", secrets}};
}

ordered_json json_of(const table::EarlierAtoms& atoms) {
  ordered_json sides = ordered_json::array();
  for (const table::LeafSet& side : atoms.sides) {
    std::string leaves;
    for (std::uint32_t leaf = 0; leaf < side.size(); ++leaf) leaves += side.contains(leaf) ? '1' : '0';
    sides.push_back(std::move(leaves));
  }
  return {{"question", atoms.question}, {"leaves", sides}};
}

ordered_json json_of_earlier_figures(const table::PublishedPopulation& published) {
  ordered_json figures = ordered_json::array();
  for (const table::EarlierFigure& f : published.earlier_figures) figures.push_back({f.words, json_of(f.atoms), f.lowest, f.highest});
  return figures;
}

ordered_json json_of_earlier_ratios(const table::PublishedPopulation& published) {
  ordered_json ratios = ordered_json::array();
  for (const table::EarlierRatio& r : published.earlier_ratios) ratios.push_back({r.words, json_of(r.numerator), json_of(r.denominator), r.decimals, r.units});
  return ratios;
}

ordered_json json_of_earlier_hidden(const table::PublishedPopulation& published) {
  ordered_json list = ordered_json::array();
  for (const table::EarlierHidden& hidden : published.earlier_hidden) list.push_back({hidden.words, json_of(hidden.atoms)});
  return list;
}

ordered_json json_of(const CertifiedPopulation& population) {
  ordered_json asked = ordered_json::array(), tables = ordered_json::array(), earlier = ordered_json::array(), statements = ordered_json::array();
  for (const auto& design : population.asked) asked.push_back(json_of(design));
  for (const auto& table : population.published.tables) tables.push_back(json_of(table));
  for (const auto& table : population.published.earlier_tables) earlier.push_back(json_of(table));
  for (const auto& statement : population.published.statements) statements.push_back(json_of(statement));
  return {{"space", json_of(*population.published.space)},
          {"asked", asked},
          {"tables", tables},
          {"earlier_tables", earlier},
          {"earlier_figures", json_of_earlier_figures(population.published)},
          {"earlier_ratios", json_of_earlier_ratios(population.published)},
          {"earlier_hidden", json_of_earlier_hidden(population.published)},
          {"statements", statements},
          {"evidence", json_of(population.evidence)}};
}

// ---- reading -------------------------------------------------------------------------------------------------------------------------

// A number that stands for one of `count` words.
template <class Word>
Word word_from(const ordered_json& json, int count) {
  const int number = json.get<int>();
  if (number < 0 || number >= count) throw std::out_of_range("word");
  return static_cast<Word>(number);
}

table::TableDesign design_from(const ordered_json& json, const table::AtomSpace& space) {
  table::TableDesign design{json.at("id"), json.at("question"), {}, word_from<table::Unit>(json.at("unit"), 3)};
  if (design.question >= space.questions.size()) throw std::out_of_range("question");
  for (const ordered_json& by : json.at("by")) {
    design.by.push_back({by.at(0).get<table::VariableIndex>(), by.at(1).get<std::vector<int>>()});
    if (design.by.back().variable >= space.variables.size()) throw std::out_of_range("variable");
    if (!std::is_sorted(design.by.back().levels.begin(), design.by.back().levels.end())) throw std::out_of_range("levels");
  }
  return design;
}

PublishedCell cell_from(const ordered_json& json) {
  if (json.is_number_integer()) return table::Value{json.get<std::int64_t>()};
  if (json.is_string() && json == "c") return table::Suppressed{};
  const std::string kind = json.at(0);
  if (kind == "rounded") return table::Rounded{json.at(1), json.at(2), word_from<table::RoundingKind>(json.at(3), 3)};
  if (kind == "perturbed") return table::Perturbed{json.at(1), json.at(2), json.at(3)};
  if (kind == "x") return table::NotAvailable{word_from<table::CoverageStatus>(json.at(1), 6)};
  if (kind == "z") return table::NotApplicable{word_from<table::CoverageStatus>(json.at(1), 6)};
  throw std::out_of_range("cell");
}

table::PublishedTable table_from(const ordered_json& json, const table::AtomSpace& space) {
  table::PublishedTable table{
      json.at("title"), design_from(json.at("design"), space), word_from<table::ZeroConvention>(json.at("convention"), 2), json.at("scale"), {}};
  for (const ordered_json& cell : json.at("cells")) table.cells.push_back(cell_from(cell));
  if (json.contains("noise")) table.noise = table::NoiseOfTable{json.at("noise").at(0), json.at("noise").at(1)};
  return table;
}

table::CountBetween count_from(const ordered_json& json, const table::AtomSpace& space) {
  table::CountBetween count{json.at("count_of_question"), {}, json.at("lowest"), json.at("highest")};
  for (const ordered_json& range : json.at("box")) count.box.push_back({range.at(0), range.at(1)});
  if (count.question >= space.questions.size() || count.box.size() != space.variables.size()) throw std::out_of_range("count");
  return count;
}

table::Claim claim_from(const ordered_json& json, const table::AtomSpace& space) {
  if (json.is_null()) return table::NoClaim{};
  if (json.contains("small_counts_in")) return table::SmallCountsIn{design_from(json.at("small_counts_in"), space), json.at("minimum")};
  if (json.contains("percentage")) {
    const ordered_json& p = json.at("percentage");
    return table::PercentageOf{{p.at(0), p.at(1)}, {p.at(2), p.at(3)}, p.at(4), p.at(5)};
  }
  if (json.contains("counts")) {
    table::CountsBetween counts;
    for (const ordered_json& one : json.at("counts")) counts.counts.push_back(count_from(one, space));
    return counts;
  }
  return count_from(json, space);
}

table::AtomSpace space_from(const ordered_json& json) {
  table::AtomSpace space;
  space.id = json.at("id");
  space.label = json.at("label");
  for (const ordered_json& v : json.at("variables")) {
    std::vector<table::CategoryRow> rows;
    for (const ordered_json& c : v.at("categories")) rows.push_back({c.at(0), c.at(1), c.at(2)});
    auto hierarchy = table::Hierarchy::build(v.at("hierarchy"), v.at("levels"), rows);
    if (!hierarchy) throw std::out_of_range("hierarchy");
    space.variables.push_back({v.at("name"), v.at("label"), word_from<table::Role>(v.at("role"), 3), std::move(*hierarchy)});
  }
  for (const ordered_json& q : json.at("questions")) {
    table::CountedQuestion question{q.at("id"), q.at("label"), {}};
    for (const char c : q.at("covered").get<std::string>()) question.covered_periods.push_back(c == '1');
    space.questions.push_back(std::move(question));
  }
  space.memberships = json.at("memberships").get<std::vector<std::uint32_t>>();
  if (const int period = json.at("period"); period >= 0) space.period = static_cast<table::VariableIndex>(period);
  if (space.period && *space.period >= space.variables.size()) throw std::out_of_range("period");
  return space;
}

table::Evidence evidence_from(const ordered_json& json) {
  table::Evidence evidence;
  for (const ordered_json& changes : json.at("moves")) {
    table::Move move;
    for (std::size_t i = 0; i + 1 < changes.size(); i += 2) move.push_back({changes.at(i), changes.at(i + 1)});
    evidence.moves.push_back(std::move(move));
  }
  for (const ordered_json& secret : json.at("secrets")) evidence.witnesses_of.emplace(secret.at(0), secret.at(1).get<std::vector<std::uint32_t>>());
  return evidence;
}

table::EarlierAtoms earlier_atoms_from(const ordered_json& json, const table::AtomSpace& space) {
  table::EarlierAtoms atoms{json.at("question"), {}};
  if (atoms.question >= space.questions.size() || json.at("leaves").size() != space.variables.size()) throw std::out_of_range("earlier atoms");
  for (std::size_t v = 0; v < space.variables.size(); ++v) {
    const std::string leaves = json.at("leaves").at(v);
    if (leaves.size() != space.variables[v].hierarchy.leaf_count()) throw std::out_of_range("leaves");
    atoms.sides.emplace_back(static_cast<std::uint32_t>(leaves.size()));
    for (std::uint32_t leaf = 0; leaf < leaves.size(); ++leaf)
      if (leaves[leaf] == '1') atoms.sides.back().insert(leaf);
  }
  return atoms;
}

void read_earlier(const ordered_json& json, const table::AtomSpace& space, table::PublishedPopulation& published) {
  for (const ordered_json& f : json.at("earlier_figures")) published.earlier_figures.push_back({f.at(0), earlier_atoms_from(f.at(1), space), f.at(2), f.at(3)});
  for (const ordered_json& r : json.at("earlier_ratios"))
    published.earlier_ratios.push_back({r.at(0), earlier_atoms_from(r.at(1), space), earlier_atoms_from(r.at(2), space), r.at(3), r.at(4)});
  if (!json.contains("earlier_hidden")) return;  // a certificate of before there was such a list
  for (const ordered_json& h : json.at("earlier_hidden")) published.earlier_hidden.push_back({h.at(0), earlier_atoms_from(h.at(1), space)});
}

CertifiedPopulation population_from(const ordered_json& json) {
  CertifiedPopulation population;
  const auto space = std::make_shared<const table::AtomSpace>(space_from(json.at("space")));
  population.published.space = space;
  for (const ordered_json& d : json.at("asked")) population.asked.push_back(design_from(d, *space));
  for (const ordered_json& t : json.at("tables")) population.published.tables.push_back(table_from(t, *space));
  for (const ordered_json& t : json.at("earlier_tables")) population.published.earlier_tables.push_back(table_from(t, *space));
  read_earlier(json, *space, population.published);
  for (const ordered_json& s : json.at("statements"))
    population.published.statements.push_back(
        {s.at("id"), s.at("question"), word_from<table::StatementPlace>(s.at("place"), 4), s.at("text"), claim_from(s.at("claim"), *space)});
  population.evidence = evidence_from(json.at("evidence"));
  return population;
}

base::Digest digest_from(const ordered_json& json) {
  base::Digest digest;
  const std::string hex = json;
  if (hex.size() != 2 * digest.bytes.size()) throw std::out_of_range("digest");
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) digest.bytes[i] = static_cast<unsigned char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  return digest;
}

constexpr std::string_view digest_member = ",\n\"digest\": \"";

base::Error changed(std::string sentence) {
  return {base::Cause::refused, "certify.certificate", {"certificate.json"}, std::move(sentence), "answer the case again to make a new certificate"};
}

}  // namespace

std::string to_text(const CertificateContent& content) {
  std::vector<std::string> earlier;
  for (const base::Digest& d : content.earlier_releases) earlier.push_back(d.to_hex());
  ordered_json populations = ordered_json::array();
  for (const CertifiedPopulation& p : content.populations) populations.push_back(json_of(p));
  const ordered_json document = {{"candour_certificate", 1},
                                 {"records", content.records.to_hex()},
                                 {"policy", content.policy.to_hex()},
                                 {"draft", content.draft.to_hex()},
                                 {"true_cells", content.true_cells.to_hex()},
                                 {"earlier_releases", earlier},
                                 {"vetting", content.vetting},
                                 {"marks", content.marks},
                                 {"populations", populations}};
  std::string text = document.dump();
  text.pop_back();
  const std::string digest = base::digest_of(text).to_hex();
  return fmt::format("{}{}{}\"}}\n", text, digest_member, digest);
}

std::string published_text(const std::vector<table::PublishedPopulation>& published) {
  ordered_json populations = ordered_json::array();
  for (const table::PublishedPopulation& population : published) {
    ordered_json json = json_of(CertifiedPopulation{population, {}, {}});
    json.erase("asked");
    json.erase("evidence");
    populations.push_back(std::move(json));
  }
  return ordered_json{{"candour_published", 1}, {"populations", populations}}.dump() + "\n";
}

base::Result<std::vector<table::PublishedPopulation>> published_from(std::string_view text) {
  const auto wrong = [](std::string sentence) { return base::fail({base::Cause::refused, "certify.published", {}, std::move(sentence), {}}); };
  try {
    const ordered_json document = ordered_json::parse(text);
    if (document.at("candour_published") != 1) return wrong("these are no published tables of a known version");
    std::vector<table::PublishedPopulation> published;
    for (ordered_json json : document.at("populations")) {
      if (json.size() != (json.contains("earlier_hidden") ? 7 : 6)) return wrong("the published tables come with something that is not published");
      json["asked"] = ordered_json::array();
      json["evidence"] = {{"moves", ordered_json::array()}, {"secrets", ordered_json::array()}};
      published.push_back(population_from(json).published);
    }
    return published;
  } catch (const ordered_json::exception&) {
    return wrong("the published tables cannot be read");
  } catch (const std::logic_error&) {  // a number or word outside its range
    return wrong("the published tables hold something that no published table holds");
  }
}

base::Result<CertificateContent> certificate_from(std::string_view text) {
  const auto at = text.rfind(digest_member);
  if (at == std::string_view::npos) return base::fail(changed("the certificate has no digest at its end"));
  if (text.substr(at) != fmt::format("{}{}\"}}\n", digest_member, base::digest_of(text.substr(0, at)).to_hex()))
    return base::fail(changed("the certificate was changed after it was made: its digest differs"));
  return certificate_content_from(text);
}

base::Result<CertificateContent> certificate_content_from(std::string_view text) {
  try {
    const ordered_json document = ordered_json::parse(text);
    if (document.at("candour_certificate") != 1) return base::fail(changed("this is no certificate of a known version"));
    CertificateContent content{digest_from(document.at("records")),
                               digest_from(document.at("policy")),
                               digest_from(document.at("draft")),
                               digest_from(document.at("true_cells")),
                               {},
                               document.at("vetting"),
                               document.at("marks").get<std::vector<std::string>>(),
                               {}};
    for (const ordered_json& d : document.at("earlier_releases")) content.earlier_releases.push_back(digest_from(d));
    for (const ordered_json& p : document.at("populations")) content.populations.push_back(population_from(p));
    return content;
  } catch (const ordered_json::exception&) {
    return base::fail(changed("the certificate cannot be read"));
  } catch (const std::logic_error&) {  // a number or word outside its range
    return base::fail(changed("the certificate holds something that no certificate holds"));
  }
}

}  // namespace candour::certify
