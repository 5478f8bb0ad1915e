#include <candour/release/json_stat.hpp>

#include <candour/release/words.hpp>
#include <candour/table/level_names.hpp>

#include <nlohmann/json.hpp>

namespace candour::release {
namespace {

using Json = nlohmann::ordered_json;

Json dimension_of(const table::TableLayout& layout, std::size_t place) {
  const table::Variable& variable = layout.space().variables[layout.design().by[place].variable];
  Json index = Json::array();
  Json label = Json::object();
  Json level = Json::object();
  for (const table::NodeIndex node : layout.categories(place)) {
    index.push_back(variable.hierarchy.code(node));
    label[variable.hierarchy.code(node)] = variable.hierarchy.label(node);
    level[variable.hierarchy.code(node)] = table::level_name_of(layout, place, node);
  }
  return {{"label", variable.label}, {"category", {{"index", std::move(index)}, {"label", std::move(label)}}}, {"extension", {{"level", std::move(level)}}}};
}

Json data_set(const ReadableAnswer& answer, const ReadableTable& table) {
  const table::TableLayout& layout = *table.layout;
  Json id = Json::array();
  Json size = Json::array();
  Json dimension = Json::object();
  Json time = Json::array();
  for (std::size_t place = 0; place < layout.variable_count(); ++place) {
    const table::VariableIndex index = table.published->design.by[place].variable;
    const table::Variable& variable = table.space->variables[index];
    id.push_back(variable.name);
    size.push_back(layout.categories(place).size());
    dimension[variable.name] = dimension_of(layout, place);
    if (table.space->period == index) time.push_back(variable.name);
  }
  Json value = Json::array();
  Json status = Json::array();
  for (const table::PublishedCell& cell : table.published->cells) {
    const std::string text = machine_text_of(cell, table.published->scale);
    value.push_back(text.empty() ? Json() : Json::parse(text));
    status.push_back(status_of(cell, table.published->convention));
  }
  Json set{{"version", "2.0"},
           {"class", "dataset"},
           {"label", table.title},
           {"source", answer.the_case().authority.name},
           {"updated", base::to_iso(answer.order->answered_on)},
           {"note", table.notes},
           {"extension", {{"name", table.file_stem}, {"question", table.question}, {"unit", table.unit}}},
           {"id", std::move(id)},
           {"size", std::move(size)}};
  if (!time.empty()) set["role"] = {{"time", std::move(time)}};
  set["dimension"] = std::move(dimension);
  set["value"] = std::move(value);
  set["status"] = std::move(status);
  return set;
}

}  // namespace

std::string json_stat_of(const ReadableAnswer& answer) {
  Json item = Json::array();
  for (const ReadableTable* table : answer.tables()) item.push_back(data_set(answer, *table));
  const Json collection{{"version", "2.0"},
                        {"class", "collection"},
                        {"label", answer.the_case().subject},
                        {"updated", base::to_iso(answer.order->answered_on)},
                        {"link", {{"item", std::move(item)}}}};
  return collection.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace candour::release
