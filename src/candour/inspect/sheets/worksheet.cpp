#include <candour/inspect/sheets/worksheet.hpp>

#include <candour/inspect/package/package_rules.hpp>
#include <candour/inspect/package/rule_scanner.hpp>

#include <algorithm>
#include <charconv>

namespace candour::inspect {
namespace {

using base::Done;
using base::Result;

constexpr std::uint32_t most_columns = 18'278;
constexpr double least_seen_points = 1.0;

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

std::uint32_t to_number(std::string_view text, std::uint32_t otherwise) {
  std::uint32_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

double to_measure(std::string_view text, double otherwise) {
  double value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// What stands behind the cells but matters for them: merged blocks and the sheet's filter.
class LateFacts : public formats::XmlHandler {
 public:
  BlockIndex merged;
  std::vector<CellBlock> filters;
  bool over_limit = false;

  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override {
    if (name != "s:mergeCell" && name != "s:autoFilter") return;
    const auto block = parse_block(attributes.get("ref"));
    if (!block) return;
    if (name == "s:autoFilter") filters.push_back(*block);
    else if (!merged.add(*block)) over_limit = true;
  }
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}
};

/// Gives whether a sheet can hold late facts at all; it is asked before the sheet is parsed twice. An encoding other than UTF-8 may.
Result<bool> may_have_late_facts(const OpenPackage& package, const PackagePart& part) {
  bool found = false, is_first = true;
  std::string carried;
  CANDOUR_TRY_DONE(package.stream(part, [&](std::string_view piece) -> Result<Done> {
    if (is_first && !piece.empty() && piece.front() != '<') found = true;
    if (is_first && piece.substr(0, 200).find("encoding") != std::string_view::npos && piece.substr(0, 200).find("UTF-8") == std::string_view::npos)
      found = true;
    is_first = false;
    if (found) return Done{};
    const std::string seam = carried + std::string(piece.substr(0, 16));
    const auto holds = [](std::string_view text) {
      return text.find("mergeCell") != std::string_view::npos || text.find("autoFilter") != std::string_view::npos;
    };
    found = holds(piece) || holds(seam);
    carried = piece.substr(piece.size() > 16 ? piece.size() - 16 : 0);
    return Done{};
  }));
  return found;
}

class WorksheetHandler : public formats::XmlHandler {
 public:
  WorksheetHandler(SheetWatcher& watcher, RuleScanner& scanner, WorkbookFacts& facts, Inspection& inspection, std::vector<CellBlock> filters)
      : watcher_(watcher), scanner_(scanner), facts_(facts), inspection_(inspection), filters_(std::move(filters)), hidden_columns_(most_columns) {}

  std::vector<std::uint64_t> formula_cells;
  bool formula_cells_over_limit = false;
  bool cell_over_limit = false;

  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override {
    if (in_cell_ && start_in_cell(name, attributes)) return;
    if (name == "s:row") return start_row(attributes);
    if (name == "s:c" && !in_cell_) return start_cell(attributes);
    if (name == "s:col") start_column(attributes);
    else if (name == "s:sheetFormatPr") start_format(attributes);
    else if (name == "s:conditionalFormatting") conditional_ref_ = attributes.get("sqref");
    else if (name == "s:cfRule") start_conditional_rule(attributes);
    scanner_.on_start(name, attributes);
  }
  void on_end(std::string_view name) override {
    if (phonetic_depth_ > 0) {
      --phonetic_depth_;
      return scanner_.on_end(name);
    }
    if (in_cell_ && name == "s:c") return end_cell();
    if (in_cell_ && (name == "s:v" || name == "s:f" || name == "s:t" || name == "s:is" || name == "s:r")) {
      collecting_ = nullptr;
      return;
    }
    if (name == "s:row") return;
    scanner_.on_end(name);
  }
  void on_text(std::string_view text) override {
    if (collecting_ == nullptr || phonetic_depth_ > 0) return scanner_.on_text(text);
    if (collecting_->size() + text.size() <= inspection_.limits().longest_cell_bytes) collecting_->append(text);
    else cell_over_limit = true;
  }
  void on_comment(std::string_view text) override { scanner_.on_comment(text); }
  void on_instruction(std::string_view target, std::string_view data) override { scanner_.on_instruction(target, data); }

 private:
  /// Gives whether the element belongs to the cell's own value.
  bool start_in_cell(std::string_view name, const formats::XmlAttributes& attributes) {
    if (phonetic_depth_ > 0 || name == "s:rPh") {
      ++phonetic_depth_;
      scanner_.on_start(name, attributes);
      return true;
    }
    if (name == "s:v" || name == "s:t") collecting_ = &value_;
    else if (name == "s:f") collecting_ = &formula_, has_formula_ = true;
    else if (name != "s:is" && name != "s:r") return false;
    return true;
  }

  void start_format(const formats::XmlAttributes& attributes) {
    rows_hidden_by_default_ = is_true(attributes.get("zeroHeight"));
    columns_hidden_by_default_ = attributes.find("defaultColWidth") && to_measure(attributes.get("defaultColWidth"), 1) <= 0;
    if (columns_hidden_by_default_) std::fill(hidden_columns_.begin(), hidden_columns_.end(), true);
  }

  void start_column(const formats::XmlAttributes& attributes) {
    const std::uint32_t first = to_number(attributes.get("min"), 1), last = std::min(to_number(attributes.get("max"), 0), most_columns);
    const bool hidden = is_true(attributes.get("hidden")) || (attributes.find("width") && to_measure(attributes.get("width"), 1) <= 0.1);
    for (std::uint32_t column = std::max(first, 1U); column <= last; ++column) hidden_columns_[column - 1] = hidden;
    if (is_true(attributes.get("collapsed"))) inspection_.at(FindingKind::collapsed_group, watcher_.place()).add("column " + std::to_string(first), "");
  }

  void start_row(const formats::XmlAttributes& attributes) {
    // Rows without a number follow the one before.
    const std::uint32_t number = to_number(attributes.get("r"), next_row_ + 1);
    row_ = number == 0 ? next_row_ : number - 1;
    next_row_ = row_ + 1;
    next_column_ = 0;
    const auto height = attributes.find("ht");
    const bool flat = height && to_measure(*height, 15) < least_seen_points;
    const bool shown = height ? !flat : attributes.find("hidden").has_value();
    const bool hidden = is_true(attributes.get("hidden")) || flat || (rows_hidden_by_default_ && !shown);
    if (is_true(attributes.get("collapsed"))) inspection_.at(FindingKind::collapsed_group, watcher_.place()).add("row " + std::to_string(row_ + 1), "");
    row_hidden_by_.reset();
    if (!hidden) return;
    const bool filtered =
        std::any_of(filters_.begin(), filters_.end(), [&](const CellBlock& block) { return row_ > block.first.row && row_ <= block.last.row; });
    row_hidden_by_ = filtered ? FindingKind::filtered_row : FindingKind::hidden_row;
  }

  void start_cell(const formats::XmlAttributes& attributes) {
    in_cell_ = true;
    has_formula_ = false;
    value_.clear();
    formula_.clear();
    type_.clear();
    style_ = 0;
    address_ = {row_, next_column_};
    for (const auto& attribute : attributes.all()) {
      if (attribute.name == "r") address_ = parse_address(attribute.value).value_or(address_);
      else if (attribute.name == "s") style_ = to_number(attribute.value, 0);
      else if (attribute.name == "t") type_ = attribute.value;
    }
    next_column_ = address_.column + 1;
  }

  void end_cell() {
    in_cell_ = false;
    if (has_formula_) look_at_formula();
    std::string_view text = value_;
    if (type_ == "s") text = facts_.texts.use(to_number(value_, 0xFFFFFFFF));
    if (text.empty()) return;
    const CellContent content = type_.empty() || type_ == "n"                            ? CellContent::number
                                : type_ == "s" || type_ == "str" || type_ == "inlineStr" ? CellContent::text
                                                                                         : CellContent::other;
    SheetCell cell{address_, text, content, row_hidden_by_};
    if (!cell.hidden_by && address_.column < most_columns && hidden_columns_[address_.column]) cell.hidden_by = FindingKind::hidden_column;
    if (!cell.hidden_by && facts_.styles.cell_format(style_).hides(text, content)) cell.hidden_by = FindingKind::invisible_text;
    watcher_.on_cell(cell);
  }

  void look_at_formula() {
    if (facts_.wants_formula_cells) {
      if (formula_cells.size() < inspection_.limits().most_formula_cells) formula_cells.push_back(cell_number(address_));
      else formula_cells_over_limit = true;
    }
    const bool draws_on_hidden =
        std::any_of(facts_.hidden_sheets.begin(), facts_.hidden_sheets.end(), [&](const std::string& name) { return names_sheet(name); });
    const bool draws_on_outside = formula_.find('[') != std::string::npos && formula_.find("]") != std::string::npos && formula_.find('!') != std::string::npos;
    if (draws_on_hidden || draws_on_outside || facts_.styles.cell_format(style_).hides_formula) {
      inspection_.at(FindingKind::hidden_formula, watcher_.place()).add_cell(address_, formula_);
    }
    inspection_.look_at_cell(watcher_.place(), address_, formula_);
  }

  [[nodiscard]] bool names_sheet(const std::string& name) const {
    for (std::size_t at = formula_.find(name); at != std::string::npos; at = formula_.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      if (formula_.compare(end, 1, "!") == 0 || formula_.compare(end, 2, "'!") == 0) return true;
    }
    return false;
  }

  void start_conditional_rule(const formats::XmlAttributes& attributes) {
    const auto format = attributes.find("dxfId");
    if (format && facts_.styles.differential_hides(to_number(*format, 0xFFFFFFFF))) {
      inspection_.at(FindingKind::conditional_hiding, watcher_.place()).add(conditional_ref_, "");
    }
  }

  SheetWatcher& watcher_;
  RuleScanner& scanner_;
  WorkbookFacts& facts_;
  Inspection& inspection_;
  std::vector<CellBlock> filters_;
  std::vector<bool> hidden_columns_;
  bool rows_hidden_by_default_ = false;
  bool columns_hidden_by_default_ = false;
  std::uint32_t row_ = 0, next_row_ = 0, next_column_ = 0;
  std::optional<FindingKind> row_hidden_by_;
  bool in_cell_ = false;
  bool has_formula_ = false;
  std::size_t phonetic_depth_ = 0;
  CellAddress address_;
  std::uint32_t style_ = 0;
  std::string type_, value_, formula_, conditional_ref_;
  std::string* collecting_ = nullptr;
};

}  // namespace

Result<std::vector<std::uint64_t>> inspect_worksheet(const OpenPackage& package, const PackagePart& part, ListedSheet sheet, WorkbookFacts& facts,
                                                     Inspection& inspection) {
  LateFacts late;
  CANDOUR_TRY(has_late_facts, may_have_late_facts(package, part));
  if (has_late_facts) CANDOUR_TRY_DONE(package.read_xml(part, late));
  const InspectionPlace place = inspection.place(part.name, sheet.name);
  if (late.over_limit) inspection.gap(place, "inspect.over_limit", "the sheet has more merged blocks than the limit");
  late.filters.insert(late.filters.end(), sheet.filters.begin(), sheet.filters.end());

  SheetWatcher watcher(inspection, place, sheet.state, std::move(sheet.covered), std::move(late.merged));
  RuleScanner scanner(package_element_rules(), inspection, place);
  WorksheetHandler handler(watcher, scanner, facts, inspection, std::move(late.filters));
  CANDOUR_TRY_DONE(package.read_xml(part, handler));
  watcher.finish();
  if (handler.formula_cells_over_limit)
    inspection.gap(place, "inspect.over_limit", "the sheet has more formulas than can be compared with the calculation chain");
  if (handler.cell_over_limit) inspection.gap(place, "inspect.over_limit", "a cell holds more text than the limit");
  std::sort(handler.formula_cells.begin(), handler.formula_cells.end());
  return std::move(handler.formula_cells);
}

}  // namespace candour::inspect
