#include <candour/release/csv_tables.hpp>

#include <candour/formats/csv_writer.hpp>
#include <candour/release/file_names.hpp>
#include <candour/table/level_names.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>

namespace candour::release {
namespace {

using Json = nlohmann::ordered_json;

// Column names hold lower-case letters, digits and underscores only.
std::string column_name(const std::string& variable) {
  std::string name;
  for (const char letter : variable) {
    const auto byte = static_cast<unsigned char>(letter);
    name += std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '_';
  }
  return name;
}

const table::Variable& shown_variable(const ReadableTable& table, std::size_t place) {
  return table.space->variables[table.published->design.by[place].variable];
}

Json column(const std::string& name, const std::string& title, const std::string& datatype, bool required) {
  Json json;
  json["name"] = name;
  json["titles"] = Json::array({name, title});
  json["datatype"] = datatype;
  json["required"] = required;
  return json;
}

Json status_column() {
  Json json = column("status", "Status", "string", true);
  json["dc:description"] =
      "value, rounded or perturbed: a figure is given; confidential: a figure is withheld; did-not-run, not-recorded, over-cost-limit, not-held, withheld: "
      "there "
      "is no figure, for the reason named. An empty value is never a zero.";
  return json;
}

}  // namespace

std::string csv_of(const ReadableTable& table) {
  formats::CsvWriter csv;
  const std::size_t variables = table.layout->variable_count();
  for (std::size_t i = 0; i < variables; ++i) {
    const std::string name = column_name(shown_variable(table, i).name);
    csv.text(name + "_code").text(name).text(name + "_level");
  }
  csv.text("value").text("status").end_row();
  for (table::CellIndex cell = 0; cell < table.layout->cell_count(); ++cell) {
    const std::vector<table::NodeIndex> nodes = table.layout->nodes(cell);
    for (std::size_t i = 0; i < variables; ++i) {
      const table::Hierarchy& hierarchy = shown_variable(table, i).hierarchy;
      csv.text(hierarchy.code(nodes[i])).text(hierarchy.label(nodes[i])).text(table::level_name_of(*table.layout, i, nodes[i]));
    }
    const table::PublishedCell& published = table.published->cells[cell];
    csv.number(machine_text_of(published, table.published->scale)).text(status_of(published, table.published->convention)).end_row();
  }
  return csv.finish();
}

std::string csvw_of(const ReadableAnswer& answer, const ReadableTable& table, const std::string& csv_name) {
  const request::Authority& authority = answer.the_case().authority;
  Json metadata;
  metadata["@context"] = Json::array({"http://www.w3.org/ns/csvw", Json{{"@language", "en"}}});
  metadata["url"] = csv_name;
  metadata["dc:title"] = table.title;
  metadata["dc:identifier"] = answer.the_case().reference;
  metadata["dc:description"] = table.unit;
  metadata["dc:publisher"] = Json{{"schema:name", authority.name}};
  if (!authority.publisher_url.empty()) metadata["dc:publisher"]["schema:url"] = authority.publisher_url;
  metadata["dc:license"] = authority.licence;
  metadata["dc:issued"] = base::to_iso(answer.order->answered_on);
  Json notes = Json::array();
  for (const std::string& mark : answer.marks) notes.push_back(mark);
  for (const std::string& note : table.notes) notes.push_back(note);
  if (!notes.empty()) metadata["notes"] = notes;

  Json columns = Json::array();
  Json primary_key = Json::array();
  for (std::size_t i = 0; i < table.layout->variable_count(); ++i) {
    const table::Variable& variable = shown_variable(table, i);
    const std::string name = column_name(variable.name);
    columns.push_back(column(name + "_code", variable.label + " (code)", "string", true));
    columns.push_back(column(name, variable.label, "string", true));
    columns.push_back(column(name + "_level", variable.label + " (level)", "string", true));
    primary_key.push_back(name + "_code");
  }
  Json value = column("value", table.figure_heading, table.published->scale == 0 ? "integer" : "decimal", false);
  value["null"] = "";
  columns.push_back(value);
  columns.push_back(status_column());
  metadata["tableSchema"]["columns"] = columns;
  if (!primary_key.empty()) metadata["tableSchema"]["primaryKey"] = primary_key;
  return metadata.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<base::FileToWrite> csv_files(const ReadableAnswer& answer) {
  std::vector<base::FileToWrite> files;
  for (const ReadableTable* table : answer.tables()) {
    const std::string path = csv_path(answer.order->approval, table->file_stem);
    files.push_back({path, csv_of(*table)});
    files.push_back({path + "-metadata.json", csvw_of(answer, *table, path.substr(path.find('/') + 1))});
  }
  return files;
}

}  // namespace candour::release
