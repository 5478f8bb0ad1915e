#include <candour/inspect/opendocument/content.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace candour::inspect {
namespace {

constexpr std::uint32_t most_columns = 18'278;
constexpr std::uint64_t most_repeated_cells = 20'000'000;
constexpr std::size_t most_formulas_kept = 1'000;

std::uint32_t repeats(const formats::XmlAttributes& attributes, std::string_view name) {
  std::uint32_t value = 1;
  const auto text = attributes.find(name);
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return std::max(value, 1U);
}

bool is_group(std::string_view name) { return name == "table:table-row-group" || name == "table:table-column-group"; }
bool is_aside(std::string_view name) {
  return name == "office:annotation" || name.starts_with("draw:") || name == "table:shapes" || name == "table:tracked-changes";
}
bool is_text_block(std::string_view name) { return name == "text:p" || name == "text:h" || name == "text:span" || name == "text:section" || name == "text:a"; }

/// Gives the sheets that a formula names: "$Sheet1.", "'Sheet 1'." inside brackets.
std::vector<std::string> sheets_in_formula(std::string_view formula) {
  std::vector<std::string> names;
  for (std::size_t open = formula.find('['); open != std::string_view::npos; open = formula.find('[', open + 1)) {
    std::string_view inside = formula.substr(open + 1, formula.find(']', open) - open - 1);
    if (inside.starts_with('$')) inside.remove_prefix(1);
    const bool quoted = inside.starts_with('\'');
    if (quoted) inside.remove_prefix(1);
    const std::size_t end = quoted ? inside.find('\'') : inside.find('.');
    if (end != std::string_view::npos && end > 0) names.emplace_back(inside.substr(0, end));
  }
  return names;
}

}  // namespace

ContentHandler::ContentHandler(OpenDocumentStyles& styles, RuleScanner& scanner, Inspection& inspection, InspectionPlace place, TableUse use)
    : styles_(styles), scanner_(scanner), inspection_(inspection), place_(std::move(place)), use_(use) {}

void ContentHandler::on_start(std::string_view name, const formats::XmlAttributes& attributes) {
  styles_.on_start(name, attributes);
  note_attributes(name, attributes);
  if (aside_depth_ > 0 || (cell_ && is_aside(name)) || (watcher_ != nullptr && name == "table:shapes") || name == "table:tracked-changes") ++aside_depth_;
  else if (name == "table:table") start_table(attributes);
  else if (is_in_sheet() && is_group(name)) {
    groups_.push_back(attributes.get("table:display") == "false");
    hidden_groups_ += groups_.back() ? 1U : 0U;
  } else if (is_in_sheet() && name == "table:table-column") start_columns(attributes);
  else if (is_in_sheet() && name == "table:table-row") start_row(attributes);
  else if (is_in_sheet() && (name == "table:table-cell" || name == "table:covered-table-cell")) start_cell(name, attributes);
  else if (is_in_sheet() && (name == "table:table-source" || name == "table:cell-range-source"))
    table_is_copy_ = table_is_copy_ || name == "table:table-source";
  if (is_text_block(name)) start_text(name, attributes);
  scanner_.on_start(name, attributes);
}

void ContentHandler::note_attributes(std::string_view name, const formats::XmlAttributes& attributes) {
  if (const auto link = attributes.find("xlink:href"); link && !link->empty()) {
    references_.insert(std::string(*link));
    const bool is_web = link->starts_with("http://") || link->starts_with("https://");
    const bool is_inside = link->find(':') == std::string_view::npos && !link->starts_with("/") && !link->starts_with("../");
    if (name == "text:a" && !is_inside && !link->starts_with("#") && (!is_web || link->find_first_of("?@") != std::string_view::npos)) {
      inspection_.at(FindingKind::hyperlink, place_).add(name, *link);
    } else if (name != "text:a" && !is_inside) {
      inspection_.at(FindingKind::external_target, place_).add(name, *link);
    }
  }
  if (name == "text:a" && !attributes.get("office:title").empty())
    inspection_.at(FindingKind::hyperlink, place_).add("office:title", attributes.get("office:title"));
  const std::string_view clip = attributes.get("fo:clip");
  if (clip.find_first_of("123456789") != std::string_view::npos) inspection_.at(FindingKind::cropped_picture, place_).add(name, clip);
}

void ContentHandler::start_table(const formats::XmlAttributes& attributes) {
  if (++table_depth_ > 1 || use_ == TableUse::text) return;
  const bool hidden = styles_.hides_table(attributes.get("table:style-name"));
  InspectionPlace place = place_;
  place.sheet = attributes.get("table:name");
  if (hidden) hidden_sheets_.insert(place.sheet);
  watcher_ = std::make_unique<SheetWatcher>(inspection_, std::move(place), hidden ? SheetState::hidden : SheetState::visible, BlockIndex(), BlockIndex());
  columns_.clear();
  groups_.clear();
  hidden_groups_ = 0;
  next_row_ = 0;
  table_is_copy_ = false;
}

void ContentHandler::start_columns(const formats::XmlAttributes& attributes) {
  const std::string_view visibility = attributes.get("table:visibility");
  Column column{visibility == "collapse" || hidden_groups_ > 0 || styles_.is_flat("table-column", attributes.get("table:style-name")), visibility == "filter",
                std::string(attributes.get("table:default-cell-style-name"))};
  const std::size_t count =
      std::min<std::size_t>(repeats(attributes, "table:number-columns-repeated"), most_columns - std::min<std::size_t>(columns_.size(), most_columns));
  columns_.insert(columns_.end(), count, column);
}

void ContentHandler::start_row(const formats::XmlAttributes& attributes) {
  row_.clear();
  row_bytes_ = 0;
  row_repeated_ = repeats(attributes, "table:number-rows-repeated");
  row_hidden_by_.reset();
  const std::string_view visibility = attributes.get("table:visibility");
  if (visibility == "filter") row_hidden_by_ = FindingKind::filtered_row;
  else if (visibility == "collapse" || hidden_groups_ > 0 || styles_.is_flat("table-row", attributes.get("table:style-name")))
    row_hidden_by_ = FindingKind::hidden_row;
}

void ContentHandler::start_cell(std::string_view name, const formats::XmlAttributes& attributes) {
  Cell cell;
  cell.column = row_.empty() ? 0 : row_.back().column + row_.back().repeated;
  cell.repeated = repeats(attributes, "table:number-columns-repeated");
  cell.is_covered = name == "table:covered-table-cell";
  cell.style = attributes.get("table:style-name");
  if (cell.style.empty() && cell.column < columns_.size()) cell.style = columns_[cell.column].style;
  cell.formula = attributes.get("table:formula");
  const std::string_view type = attributes.get("office:value-type");
  if (type == "float" || type == "percentage" || type == "currency") {
    cell.content = CellContent::number;
    cell.text = attributes.get("office:value");
  } else if (type == "date" || type == "time" || type == "boolean") {
    cell.content = CellContent::other;
    cell.text = attributes.get(type == "date" ? "office:date-value" : type == "time" ? "office:time-value" : "office:boolean-value");
  } else if (type == "string") {
    cell.text = attributes.get("office:string-value");
  }
  cell_ = std::move(cell);
  scanner_.stand_in(CellAddress{next_row_, cell_->column});
}

void ContentHandler::start_text(std::string_view name, const formats::XmlAttributes& attributes) {
  if (name == "text:p" || name == "text:h") ++paragraph_;
  const std::string_view family = name == "text:span" ? "text" : name == "text:section" ? "section" : "paragraph";
  const std::string_view style = attributes.get("text:style-name");
  OpenStyle open{styles_.is_switched_off(family, style) || attributes.get("text:display") == "none", !style.empty() && styles_.is_invisible(family, style)};
  if (!text_styles_.empty()) {
    open.switched_off = open.switched_off || text_styles_.back().switched_off;
    open.invisible = open.invisible || (text_styles_.back().invisible && style.empty());
  }
  text_styles_.push_back(open);
  // The lines of a cell are its paragraphs.
  if (cell_ && aside_depth_ == 0 && name == "text:p" && cell_->content == CellContent::text && !cell_->text.empty()) cell_->text += '\n';
}

void ContentHandler::on_text(std::string_view text) {
  styles_.on_text(text);
  const bool is_cell_text = cell_ && aside_depth_ == 0;
  if (!text_styles_.empty()) {
    const bool has_letters = text.find_first_not_of(" \t\r\n") != std::string_view::npos;
    const OpenStyle& style = text_styles_.back();
    if (has_letters && is_cell_text && (style.switched_off || style.invisible)) cell_->text_is_hidden = true;
    else if (has_letters && style.switched_off) inspection_.at(FindingKind::hidden_text, place_).add("paragraph " + std::to_string(paragraph_), text);
    else if (has_letters && style.invisible) inspection_.at(FindingKind::invisible_text, place_).add("paragraph " + std::to_string(paragraph_), text);
    if (is_cell_text && cell_->content == CellContent::text) add_to_cell(text);
  }
  // A number's own words are not what is shown, but they are in the file.
  if (!is_cell_text || cell_->content != CellContent::text) scanner_.on_text(text);
}

void ContentHandler::on_end(std::string_view name) {
  styles_.on_end(name);
  scanner_.on_end(name);
  if (is_text_block(name) && !text_styles_.empty()) text_styles_.pop_back();
  if (aside_depth_ > 0) {
    --aside_depth_;
    return;
  }
  if (name == "table:table" && table_depth_ > 0) {
    if (--table_depth_ == 0 && watcher_ != nullptr) {
      watcher_->finish();
      watcher_.reset();
    }
  } else if (is_in_sheet() && is_group(name) && !groups_.empty()) {
    hidden_groups_ -= groups_.back() ? 1U : 0U;
    groups_.pop_back();
  } else if (is_in_sheet() && name == "table:table-row") end_row();
  else if (is_in_sheet() && cell_ && (name == "table:table-cell" || name == "table:covered-table-cell")) end_cell();
}

void ContentHandler::add_to_cell(std::string_view text) {
  row_bytes_ += text.size();
  if (cell_->text.size() + text.size() <= inspection_.limits().longest_cell_bytes && row_bytes_ <= inspection_.limits().longest_text_line_bytes)
    cell_->text += text;
  else note_over_limit("a cell or row holds more text than the limit");
}

void ContentHandler::note_over_limit(std::string_view sentence) {
  if (!std::exchange(is_over_limit_, true)) inspection_.gap(watcher_ != nullptr ? watcher_->place() : place_, "inspect.over_limit", sentence);
}

void ContentHandler::end_cell() {
  if (row_.size() < most_columns) row_.push_back(std::move(*cell_));
  else note_over_limit("a row has more cells than the limit");
  cell_.reset();
  scanner_.stand_in(std::nullopt);
}

void ContentHandler::end_row() {
  const bool has_content = std::any_of(row_.begin(), row_.end(), [](const Cell& cell) { return !cell.text.empty() || !cell.formula.empty(); });
  for (std::uint32_t i = 0; has_content && i < row_repeated_; ++i) {
    for (const Cell& cell : row_) {
      if (cell.text.empty() && cell.formula.empty()) continue;
      emit(cell, next_row_ + i);
      if (emitted_ > most_repeated_cells) break;
    }
    if (emitted_ > most_repeated_cells) break;
  }
  next_row_ = next_row_ > 0xFFFFFFFFU - row_repeated_ ? 0xFFFFFFFFU : next_row_ + row_repeated_;
  row_.clear();
}

std::optional<FindingKind> ContentHandler::why_hidden(const Cell& cell) const {
  if (use_ == TableUse::chart_copy) return FindingKind::chart_cache;
  if (table_is_copy_) return FindingKind::external_cache;
  if (row_hidden_by_) return row_hidden_by_;
  if (cell.is_covered) return FindingKind::merged_away;
  if (cell.text_is_hidden || styles_.is_invisible("table-cell", cell.style) || styles_.shows_nothing(cell.style, cell.text, cell.content))
    return FindingKind::invisible_text;
  return std::nullopt;
}

void ContentHandler::emit(const Cell& cell, std::uint32_t row) {
  const auto hidden_by = why_hidden(cell);
  for (std::uint32_t i = 0; i < cell.repeated; ++i) {
    const std::uint32_t column = cell.column + i;
    // A small file can claim any number of equal cells: only so many are looked at one by one.
    if (++emitted_ > most_repeated_cells) {
      if (emitted_ == most_repeated_cells + 1) inspection_.gap(watcher_->place(), "inspect.over_limit", "the sheet repeats cells more often than the limit");
      return;
    }
    if (!cell.formula.empty()) look_at_formula(cell, {row, column});
    if (cell.text.empty()) continue;
    SheetCell seen{{row, column}, cell.text, cell.content, hidden_by};
    if (!seen.hidden_by && column < columns_.size()) {
      if (columns_[column].filtered) seen.hidden_by = FindingKind::filtered_row;
      else if (columns_[column].hidden) seen.hidden_by = FindingKind::hidden_column;
    }
    watcher_->on_cell(seen);
  }
}

void ContentHandler::look_at_formula(const Cell& cell, CellAddress address) {
  if (cell.formula.find("'file:") != std::string::npos || styles_.hides_formula(cell.style)) {
    inspection_.at(FindingKind::hidden_formula, watcher_->place()).add_cell(address, cell.formula);
    return;
  }
  for (const auto& sheet : sheets_in_formula(cell.formula)) {
    auto& cells = formulas_by_sheet_[sheet];
    if (cells.size() < most_formulas_kept) cells.emplace_back(watcher_->place(), address);
  }
}

void ContentHandler::finish() {
  for (const auto& [sheet, cells] : formulas_by_sheet_) {
    if (!hidden_sheets_.contains(sheet)) continue;
    for (const auto& [place, address] : cells) inspection_.at(FindingKind::hidden_formula, place).add_cell(address, "");
  }
}

}  // namespace candour::inspect
