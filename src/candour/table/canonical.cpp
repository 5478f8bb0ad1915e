#include <candour/table/canonical.hpp>

#include <fmt/format.h>

#include <iterator>

namespace candour::table {
namespace {

// Texts are length-prefixed, so that no two drafts share a canonical text.
class CanonicalWriter {
 public:
  void text(std::string_view key, std::string_view value) { fmt::format_to(std::back_inserter(out_), "{} {}:{}\n", key, value.size(), value); }
  void number(std::string_view key, std::int64_t value) { fmt::format_to(std::back_inserter(out_), "{} {}\n", key, value); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_space(CanonicalWriter& out, const AtomSpace& space) {
  out.text("population", space.id);
  out.text("label", space.label);
  for (const Variable& variable : space.variables) {
    out.text("variable", variable.name);
    out.text("variable-label", variable.label);
    out.number("role", static_cast<int>(variable.role));
    const Hierarchy& h = variable.hierarchy;
    for (NodeIndex node = 0; node < h.size(); ++node) {
      out.text("code", h.code(node));
      out.text("category", h.label(node));
      out.number("parent", h.parent(node));
    }
  }
  for (const CountedQuestion& question : space.questions) {
    out.text("question", question.id);
    out.text("counted", question.label);
    std::string covered;
    for (const bool c : question.covered_periods) covered += c ? '1' : '0';
    out.text("covered", covered);
  }
  for (const std::uint32_t membership : space.memberships) out.number("membership", membership);
  out.number("period", space.period ? static_cast<std::int64_t>(*space.period) : -1);
}

void write_design(CanonicalWriter& out, const TableDesign& design) {
  out.text("design", design.id);
  out.number("of-question", design.question);
  out.number("unit", static_cast<int>(design.unit));
  for (const ShownVariable& shown : design.by) {
    out.number("by", shown.variable);
    for (const int level : shown.levels) out.number("level", level);
  }
}

struct CellText {
  std::string operator()(const Value& v) const { return fmt::format("value {}", v.units); }
  std::string operator()(const Rounded& r) const { return fmt::format("rounded {} {} {}", r.units, r.base, static_cast<int>(r.kind)); }
  std::string operator()(const Perturbed& p) const { return fmt::format("perturbed {} {} {}", p.units, p.most_noise, p.protected_below); }
  std::string operator()(const Suppressed&) const { return "suppressed"; }
  std::string operator()(const NotAvailable& n) const { return fmt::format("not-available {}", word_of(n.reason)); }
  std::string operator()(const NotApplicable& n) const { return fmt::format("not-applicable {}", word_of(n.reason)); }
};

void write_table(CanonicalWriter& out, std::string_view kind, const PublishedTable& table) {
  out.text(kind, table.title);
  write_design(out, table.design);
  out.number("convention", static_cast<int>(table.convention));
  out.number("scale", table.scale);
  if (table.noise) {
    out.number("noise", table.noise->variance_thousandths);
    out.text("noise-key", table.noise->key_name);
  }
  for (const PublishedCell& cell : table.cells) out.text("cell", std::visit(CellText{}, cell));
}

struct ClaimWriter {
  CanonicalWriter& out;
  void operator()(const NoClaim&) const { out.text("claim", "none"); }
  void operator()(const SmallCountsIn& c) const {
    out.number("claim-small-counts", c.minimum);
    write_design(out, c.finer);
  }
  void operator()(const PercentageOf& c) const {
    out.text("claim-percentage",
             fmt::format("{} {} {} {} {} {}", c.numerator.table, c.numerator.cell, c.denominator.table, c.denominator.cell, c.decimals, c.units));
  }
  void operator()(const CountBetween& c) const {
    std::string box;
    for (const LeafRange range : c.box) box += fmt::format(" {}-{}", range.first, range.end);
    out.text("claim-count", fmt::format("{} {} {}{}", c.question, c.lowest, c.highest, box));
  }
  void operator()(const CountsBetween& c) const {
    out.number("claim-counts", static_cast<std::int64_t>(c.counts.size()));
    for (const CountBetween& one : c.counts) (*this)(one);
  }
};

void write_atoms(CanonicalWriter& out, std::string_view kind, const EarlierAtoms& atoms) {
  std::string text = fmt::format("{}", atoms.question);
  for (const LeafSet& side : atoms.sides) {
    text += ' ';
    for (std::uint32_t leaf = 0; leaf < side.size(); ++leaf) text += side.contains(leaf) ? '1' : '0';
  }
  out.text(kind, text);
}

void write_earlier(CanonicalWriter& out, const PublishedPopulation& population) {
  for (const EarlierFigure& figure : population.earlier_figures) {
    out.text("earlier-figure", figure.words);
    write_atoms(out, "counts", figure.atoms);
    out.text("bounds", fmt::format("{} {}", figure.lowest, figure.highest));
  }
  for (const EarlierRatio& ratio : population.earlier_ratios) {
    out.text("earlier-ratio", ratio.words);
    write_atoms(out, "numerator", ratio.numerator);
    write_atoms(out, "denominator", ratio.denominator);
    out.text("ratio", fmt::format("{} {}", ratio.decimals, ratio.units));
  }
  for (const EarlierHidden& hidden : population.earlier_hidden) {
    out.text("earlier-hidden", hidden.words);
    write_atoms(out, "counts", hidden.atoms);
  }
}

void write_statement(CanonicalWriter& out, const PublishedStatement& statement) {
  out.text("statement", statement.id);
  out.text("on-question", statement.question);
  out.number("place", static_cast<int>(statement.place));
  out.text("text", statement.text);
  std::visit(ClaimWriter{out}, statement.claim);
}

}  // namespace

std::string canonical_text(const std::vector<PublishedPopulation>& published) {
  CanonicalWriter out;
  out.text("candour-draft", "1");
  for (const PublishedPopulation& population : published) {
    write_space(out, *population.space);
    for (const PublishedTable& table : population.tables) write_table(out, "table", table);
    for (const PublishedTable& table : population.earlier_tables) write_table(out, "earlier-table", table);
    write_earlier(out, population);
    for (const PublishedStatement& statement : population.statements) write_statement(out, statement);
  }
  return out.take();
}

base::Digest digest_of_draft(const std::vector<PublishedPopulation>& published) { return base::digest_of(canonical_text(published)); }

}  // namespace candour::table
