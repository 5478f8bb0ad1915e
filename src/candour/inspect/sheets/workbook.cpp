#include <candour/inspect/sheets/workbook.hpp>

#include <candour/inspect/package/package_rules.hpp>
#include <candour/inspect/package/rule_scanner.hpp>
#include <candour/inspect/sheets/drawing_cover.hpp>
#include <candour/inspect/sheets/worksheet.hpp>

#include <algorithm>
#include <map>

namespace candour::inspect {
namespace {

using base::Done;
using base::Result;

SheetState state_of(const pugi::xml_node& sheet) {
  const std::string_view state = sheet.attribute("state").value();
  if (state == "hidden") return SheetState::hidden;
  return state == "veryHidden" ? SheetState::very_hidden : SheetState::visible;
}

/// One row of the workbook's list.
struct Row {
  std::string name;
  std::string id;  ///< sheetId, as the calculation chain counts
  SheetState state;
  PackagePart* part;
};

class WorkbookReading {
 public:
  WorkbookReading(OpenPackage& package, PackagePart& workbook, Inspection& inspection)
      : package_(package), workbook_(workbook),
        inspection_(inspection), facts_{
                                     CellStyles(), SharedTexts(inspection.limits().most_shared_text_bytes, inspection.limits().most_shared_texts), {}, false} {}

  void read() {
    workbook_.is_inspected = true;
    scan(workbook_);
    auto tree = package_.read_tree(workbook_);
    if (!tree) return inspection_.gap(inspection_.place(workbook_.name), tree.error());
    const auto root = (*tree)->child("s:workbook");
    list_sheets(root);
    look_at_names(root);
    read_styles();
    PackagePart* texts = package_.target_with_root(workbook_, "s:sst");
    if (texts != nullptr) {
      texts->is_inspected = true;
      note(*texts, read_shared_texts(package_, *texts, inspection_, facts_.texts));
    }
    PackagePart* chain = package_.target_with_root(workbook_, "s:calcChain");
    facts_.wants_formula_cells = chain != nullptr;
    for (const Row& row : rows_) read_sheet(row);
    for (auto& part : package_.parts()) {
      // A sheet that the list leaves out: no program shows it.
      if (part.root == "s:worksheet" && !part.is_inspected) read_sheet({"(not listed)", "", SheetState::very_hidden, &part});
    }
    if (texts != nullptr) finish_texts(*texts);
    if (chain != nullptr) read_chain(*chain);
  }

 private:
  void note(const PackagePart& part, const Result<Done>& done) {
    if (!done) inspection_.gap(inspection_.place(part.name), done.error());
  }

  void scan(const PackagePart& part) {
    RuleScanner scanner(package_element_rules(), inspection_, inspection_.place(part.name));
    note(part, package_.read_xml(part, scanner));
  }

  void list_sheets(const pugi::xml_node& root) {
    for (const auto& sheet : root.child("s:sheets").children("s:sheet")) {
      rows_.push_back({sheet.attribute("name").value(), sheet.attribute("sheetId").value(), state_of(sheet),
                       package_.target_of(workbook_, sheet.attribute("r:id").value())});
      if (rows_.back().state != SheetState::visible) facts_.hidden_sheets.push_back(rows_.back().name);
    }
  }

  void look_at_names(const pugi::xml_node& root) {
    for (const auto& name : root.child("s:definedNames").children("s:definedName")) {
      const std::string_view called = name.attribute("name").value();
      const std::string text = name.attribute("name").value() + std::string(" ") + name.text().get() + " " + name.attribute("comment").value();
      if (called == "_xlnm.Print_Titles") continue;  // rows repeated on paper, all of them on the sheet
      const auto kind = called == "_xlnm._FilterDatabase" ? FindingKind::filter_criteria : FindingKind::defined_name;
      inspection_.at(kind, inspection_.place(workbook_.name)).add("definedName", text);
    }
  }

  void read_styles() {
    PackagePart* styles = package_.target_with_root(workbook_, "s:styleSheet");
    if (styles == nullptr) return;
    styles->is_inspected = true;
    scan(*styles);
    auto tree = package_.read_tree(*styles);
    if (!tree) return inspection_.gap(inspection_.place(styles->name), tree.error());
    PackagePart* theme = package_.target_with_root(workbook_, "a:theme");
    auto theme_tree = theme == nullptr ? Result<std::unique_ptr<pugi::xml_document>>() : package_.read_tree(*theme);
    facts_.styles = CellStyles((*tree)->child("s:styleSheet"), theme_tree && *theme_tree ? (*theme_tree)->child("a:theme") : pugi::xml_node());
  }

  void read_sheet(const Row& row) {
    if (row.part == nullptr)
      return inspection_.gap(inspection_.place(workbook_.name, row.name), "package.absent_part", "the workbook lists a sheet whose part is absent");
    row.part->is_inspected = true;
    if (row.part->root != "s:worksheet") {
      if (row.state != SheetState::visible) {
        const auto kind = row.state == SheetState::hidden ? FindingKind::hidden_sheet : FindingKind::very_hidden_sheet;
        inspection_.at(kind, inspection_.place(row.part->name, row.name)).add("sheet", "", 0);
      }
      row.part->is_inspected = false;  // charts, dialogs and macro sheets are dealt with like other parts
      return;
    }
    ListedSheet sheet{row.name, row.state, table_filters(*row.part), {}};
    if (PackagePart* drawing = package_.target_with_root(*row.part, "xdr:wsDr")) {
      if (auto tree = package_.read_tree(*drawing)) sheet.covered = covered_blocks((*tree)->child("xdr:wsDr"));
    }
    auto formulas = inspect_worksheet(package_, *row.part, std::move(sheet), facts_, inspection_);
    if (!formulas) return inspection_.gap(inspection_.place(row.part->name, row.name), formulas.error());
    formula_cells_[row.id] = std::move(*formulas);
  }

  std::vector<CellBlock> table_filters(const PackagePart& sheet) {
    std::vector<CellBlock> filters;
    for (const auto& relationship : sheet.relationships) {
      const PackagePart* table = package_.target_of(relationship);
      if (table == nullptr || table->root != "s:table") continue;
      const auto tree = package_.read_tree(*table);
      if (!tree) continue;  // the gap is written when the part itself is inspected
      if (const auto block = parse_block((*tree)->child("s:table").child("s:autoFilter").attribute("ref").value())) filters.push_back(*block);
    }
    return filters;
  }

  void finish_texts(const PackagePart& texts) {
    facts_.texts.note_unused(inspection_, inspection_.place(texts.name));
    if (!facts_.texts.is_complete()) {
      inspection_.gap(inspection_.place(texts.name), "inspect.over_limit",
                      "the workbook's shared texts are more or larger than the limit, so not all of them could be looked at in their cells");
    }
  }

  void read_chain(PackagePart& chain) {
    chain.is_inspected = true;
    scan(chain);
    auto tree = package_.read_tree(chain);
    if (!tree) return inspection_.gap(inspection_.place(chain.name), tree.error());
    std::string sheet;
    for (const auto& cell : (*tree)->child("s:calcChain").children("s:c")) {
      if (cell.attribute("i")) sheet = cell.attribute("i").value();
      const auto address = parse_address(cell.attribute("r").value());
      const auto cells = formula_cells_.find(sheet);
      if (!address || (cells != formula_cells_.end() && std::binary_search(cells->second.begin(), cells->second.end(), cell_number(*address)))) continue;
      const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Row& each) { return each.id == sheet; });
      inspection_.at(FindingKind::stale_calculation, inspection_.place(chain.name, row == rows_.end() ? "" : row->name)).add_cell(*address, "");
    }
  }

  OpenPackage& package_;
  PackagePart& workbook_;
  Inspection& inspection_;
  WorkbookFacts facts_;
  std::vector<Row> rows_;
  std::map<std::string, std::vector<std::uint64_t>> formula_cells_;
};

}  // namespace

void inspect_workbook(OpenPackage& package, PackagePart& workbook, Inspection& inspection) { WorkbookReading(package, workbook, inspection).read(); }

}  // namespace candour::inspect
