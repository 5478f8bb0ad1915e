#include <candour/release/html_answer.hpp>

#include <candour/base/text.hpp>
#include <candour/release/chart.hpp>
#include <candour/release/file_names.hpp>
#include <candour/release/html_data.hpp>
#include <candour/release/page_shell.hpp>
#include <candour/release/question_summary.hpp>
#include <candour/release/record_files.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace candour::release {
namespace {

HtmlData table_data(const ReadableAnswer& answer, const ReadableTable& table) {
  HtmlData data;
  const std::string path = csv_path(answer.order->approval, table.file_stem);
  data.set("table_id", anchor_of("table", std::to_string(table.number)));
  data.set("table_number", std::to_string(table.number));
  data.set("table_title", table.title);
  data.set("unit", table.unit);
  std::vector<std::string> marks;
  for (const std::string& mark : answer.order->seal->marks()) marks.push_back(capitalised(mark) + ".");
  data.set("table_marks", list_of_texts(marks));
  data.set("csv", path);
  data.set("csv_name", path.substr(path.find('/') + 1));
  data.set("grids", grids_data(table));
  const bool is_one_grid = table.grids.size() == 1;
  data.set("chart", is_one_grid ? chart_of(table.grids.front(), fmt::format("table-{}", table.number), table.title) : std::string());
  return data;
}

std::string in_short(const ReadableQuestion& question) {
  if (question.records != nullptr) return question.records->statements.front();
  if (question.tables.empty()) return question.summary.empty() ? std::string() : question.summary.back();
  std::vector<std::string> titles;
  for (const ReadableTable& table : question.tables) titles.push_back(table.title);
  return base::joined(titles, "; ") + ".";
}

HtmlData question_data(const ReadableAnswer& answer, const ReadableQuestion& question) {
  HtmlData data;
  data.set("question_id", anchor_of("question", question.question->number));
  data.set("question_number", question.question->number);
  data.set("outcome_code", std::string(code_of(question.outcome)));
  data.set("outcome_label", std::string(label_of(question.outcome)));
  data.set("in_short", in_short(question));
  data.set("question_text", list_of_texts(paragraphs_of(question.question->text)));
  data.set("summary", list_of_texts(question.summary));
  data.set("has_kept", !question.kept.empty());
  data.set("kept_heading", std::string(kept_heading));
  data.set("kept", list_of_texts(question.kept));
  data.set("has_reasons", !question.reasons.empty());
  data.set("reasons", list_of_texts(question.reasons));
  data.set("has_notes", !question.notes.empty());
  data.set("notes", list_of_texts(question.notes));
  HtmlData tables{HtmlData::type::list};
  for (const ReadableTable& table : question.tables) tables << table_data(answer, table);
  data.set("tables", tables);
  return data;
}

HtmlData legend_data(const ReadableAnswer& answer) {
  HtmlData legend{HtmlData::type::list};
  for (const SymbolMeaning& one : answer.legend) {
    HtmlData data;
    data.set("symbol", one.symbol);
    data.set("meaning", one.meaning);
    legend << data;
  }
  return legend;
}

HtmlData claims_data(const ReadableAnswer& answer) {
  HtmlData claims{HtmlData::type::list};
  for (const ReadableClaim& one : answer.claims) {
    HtmlData data;
    data.set("intruder", capitalised(one.intruder));
    data.set("claim", capitalised(one.claim));
    claims << data;
  }
  return claims;
}

HtmlData files_data(const ReadableAnswer& answer) {
  HtmlData files{HtmlData::type::list};
  const auto add = [&](const std::string& path, const std::string& about) {
    HtmlData data;
    data.set("file_path", path);
    data.set("file_name", path.substr(path.find('/') + 1));
    data.set("file_about", about);
    files << data;
  };
  const ApprovalState state = answer.order->approval;
  for (const ReadableTable* table : answer.tables()) {
    const std::string csv = csv_path(state, table->file_stem);
    add(csv, fmt::format("Table {} as comma-separated values", table->number));
    add(csv + "-metadata.json", fmt::format("description of the columns of Table {}", table->number));
  }
  if (!answer.tables().empty()) {
    add(file_name(state, "tables.ods"), "all tables as an OpenDocument spreadsheet");
    add(file_name(state, "tables.xlsx"), "all tables as an Excel workbook");
  }
  for (const auto& [path, about] : record_files_in_words(answer)) add(path, about);
  add(file_name(state, "entry.json"), "this entry for programs");
  return files;
}

std::vector<std::string> different_units(const ReadableAnswer& answer) {
  std::vector<std::string> units;
  for (const ReadableTable* table : answer.tables()) {
    if (std::find(units.begin(), units.end(), table->unit) == units.end()) units.push_back(table->unit);
  }
  return units;
}

}  // namespace

Outcome overall_outcome(const ReadableAnswer& answer) {
  std::set<Outcome> outcomes;
  for (const ReadableQuestion& question : answer.questions) outcomes.insert(question.outcome);
  if (outcomes.size() == 1) return *outcomes.begin();
  const bool gives_something = outcomes.contains(Outcome::given) || outcomes.contains(Outcome::given_in_part);
  return gives_something ? Outcome::given_in_part : Outcome::withheld;
}

std::string html_answer(const ReadableAnswer& answer) {
  const request::Case& the_case = answer.the_case();
  HtmlData data = page_data(answer);
  data.set("description", fmt::format("Answer of {} to a freedom of information request: {}", the_case.authority.name, the_case.subject));
  data.set("outcome", std::string(label_of(overall_outcome(answer))));
  HtmlData questions{HtmlData::type::list};
  for (const ReadableQuestion& question : answer.questions) questions << question_data(answer, question);
  data.set("questions", questions);
  data.set("plan_notes", list_of_texts(answer.plan_notes));
  const bool has_tables = !answer.tables().empty(), has_records = !answer.records().empty();
  data.set("has_tables", has_tables);
  data.set("has_checks", has_tables || has_records);
  data.set("what_was_checked", has_records ? (has_tables ? "tables and records" : "records") : "tables");
  data.set("what_is_given", has_records ? (has_tables ? "figures and records" : "records") : "figures");
  data.set("record_marks", list_of_texts(has_tables ? std::vector<std::string>{} : answer.marks));
  data.set("legend", legend_data(answer));
  data.set("units", list_of_texts(different_units(answer)));
  data.set("marks", list_of_texts(answer.marks));
  data.set("claims", claims_data(answer));
  data.set("is_unvetted", answer.order->seal->vetting() == table::VettingState::unvetted);
  data.set("draft_digest", answer.order->seal->draft_digest().to_hex());
  data.set("policy_digest", answer.order->seal->policy_digest().to_hex());
  data.set("files", files_data(answer));
  PageLook look = answer.order->look;
  if (look.authority.empty()) look.authority = the_case.authority.name;
  const bool is_draft = answer.order->approval == ApprovalState::draft;
  set_shell(data, look, {PageKind::carries_all, is_draft, "../", the_case.authority.publisher_url, the_case.authority.licence});
  return filled("answer.html", data);
}

}  // namespace candour::release
