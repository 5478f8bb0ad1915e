#pragma once
// Reads the content part of an OpenDocument file as a stream: sheets and text.

#include <candour/inspect/opendocument/opendocument_styles.hpp>
#include <candour/inspect/package/rule_scanner.hpp>
#include <candour/inspect/sheets/sheet_watcher.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace candour::inspect {

/// Where tables of a part belong: the sheets of a spreadsheet, the data that an embedded chart copied, or text.
enum class TableUse { sheets, chart_copy, text };

/// Follows tables, cells and text with the styles that hide them; hands every event on to a rule scanner.
class ContentHandler : public formats::XmlHandler {
 public:
  /// `styles` already knows the styles of the styles part; the content's own are added.
  ContentHandler(OpenDocumentStyles& styles, RuleScanner& scanner, Inspection& inspection, InspectionPlace place, TableUse use);
  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override;
  void on_end(std::string_view name) override;
  void on_text(std::string_view text) override;
  void on_comment(std::string_view text) override { scanner_.on_comment(text); }
  void on_instruction(std::string_view target, std::string_view data) override { scanner_.on_instruction(target, data); }
  /// Call after the last event: what needs to know all sheets.
  void finish();

  /// Addresses inside the package that the content refers to.
  [[nodiscard]] const std::set<std::string>& references() const { return references_; }

 private:
  /// One run of equal cells of the current row.
  struct Cell {
    std::uint32_t column = 0;
    std::uint32_t repeated = 1;
    std::string text;
    std::string style;
    std::string formula;
    CellContent content = CellContent::text;
    bool is_covered = false;
    bool text_is_hidden = false;
  };
  struct Column {
    bool hidden = false;
    bool filtered = false;
    std::string style;
  };
  struct OpenStyle {
    bool switched_off;
    bool invisible;
  };

  void start_table(const formats::XmlAttributes& attributes);
  void start_columns(const formats::XmlAttributes& attributes);
  void start_row(const formats::XmlAttributes& attributes);
  void start_cell(std::string_view name, const formats::XmlAttributes& attributes);
  void start_text(std::string_view name, const formats::XmlAttributes& attributes);
  void note_attributes(std::string_view name, const formats::XmlAttributes& attributes);
  void add_to_cell(std::string_view text);
  void note_over_limit(std::string_view sentence);
  void end_cell();
  void end_row();
  void emit(const Cell& cell, std::uint32_t row);
  void look_at_formula(const Cell& cell, CellAddress address);
  [[nodiscard]] std::optional<FindingKind> why_hidden(const Cell& cell) const;
  [[nodiscard]] bool is_in_sheet() const { return watcher_ != nullptr && table_depth_ == 1; }

  OpenDocumentStyles& styles_;
  RuleScanner& scanner_;
  Inspection& inspection_;
  InspectionPlace place_;
  TableUse use_;
  std::unique_ptr<SheetWatcher> watcher_;
  std::size_t table_depth_ = 0;
  bool table_is_copy_ = false;  ///< of another file
  std::vector<Column> columns_;
  std::uint32_t next_row_ = 0, row_repeated_ = 1;
  std::optional<FindingKind> row_hidden_by_;
  std::size_t hidden_groups_ = 0;
  std::vector<bool> groups_;
  std::vector<Cell> row_;
  std::uint64_t row_bytes_ = 0;
  bool is_over_limit_ = false;
  std::optional<Cell> cell_;
  std::size_t aside_depth_ = 0;  ///< inside an annotation or a shape of a cell, whose text is not the cell's
  std::vector<OpenStyle> text_styles_;
  std::size_t paragraph_ = 0;
  std::uint64_t emitted_ = 0;
  std::set<std::string> references_;
  std::set<std::string> hidden_sheets_;
  std::map<std::string, std::vector<std::pair<InspectionPlace, CellAddress>>> formulas_by_sheet_;
};

}  // namespace candour::inspect
