#include <candour/tabulate/cube_coders.hpp>

namespace candour::tabulate {
namespace {

holdings::ColumnRequest text_column(const std::string& name) { return {name, holdings::ColumnKind::text, base::DateForm::iso, "Europe/London"}; }

}  // namespace

std::size_t ColumnPlan::add(const holdings::ColumnRequest& request) {
  for (std::size_t i = 0; i < requests_.size(); ++i)
    if (requests_[i].name == request.name && requests_[i].kind == request.kind && requests_[i].date_form == request.date_form &&
        requests_[i].time_zone == request.time_zone)
      return i;
  requests_.push_back(request);
  return requests_.size() - 1;
}

CubeColumns::CubeColumns(const CubeCollector& collector, ColumnPlan& plan, Worker worker) {
  const CubeRequest& request = collector.request();
  for (const auto& reader : collector.readers()) variables.push_back(plan.add(reader->column_request()));
  if (worker == Worker::here)
    for (const FilterTerm& term : request.where) terms.push_back(plan.add(text_column(term.column)));
  if (request.people_column) person = plan.add(text_column(*request.people_column));
  if (!request.sum || worker == Worker::database) return;
  amount = plan.add({request.sum->column, holdings::ColumnKind::decimal, base::DateForm::iso, "Europe/London"});
  if (request.sum->weight_column) weight = plan.add({*request.sum->weight_column, holdings::ColumnKind::decimal, base::DateForm::iso, "Europe/London"});
  if (request.sum->contributor_column) contributor = plan.add(text_column(*request.sum->contributor_column));
  else if (request.people_column) contributor = person;
  if (request.sum->group_column) group = plan.add(text_column(*request.sum->group_column));
}

base::Result<LeafEntry> leaf_entry_of(std::string_view canonical, DimensionReader& reader) {
  CANDOUR_TRY(leaf, reader.leaf_of_text(canonical));
  LeafEntry entry{leaf, LeafEntry::Note::none, 0};
  const VariableSource& source = reader.variable().source;
  if (source.mapping.contains(std::string(canonical))) entry.note = LeafEntry::Note::mapped;
  else if (reader.is_declared() && !source.unknown_code.empty() && reader.is_left_over(canonical)) entry.note = LeafEntry::Note::left_over;
  return entry;
}

}  // namespace candour::tabulate
