#pragma once
// The catalogue of hiding places: every kind of finding, with where it lies. docs/reference/hiding-places.md repeats it; a test compares the two.

#include <span>
#include <string_view>

namespace candour::inspect {

/// What was found. Each kind is one row of the catalogue, in this order.
enum class FindingKind {
  unreached_part,
  duplicate_name,
  name_mismatch,
  archive_comment,
  extra_field,
  bytes_outside_records,
  xml_comment,
  processing_instruction,
  hidden_sheet,
  very_hidden_sheet,
  hidden_row,
  filtered_row,
  hidden_column,
  collapsed_group,
  filter_criteria,
  custom_view,
  pivot_cache,
  pivot_table,
  external_cache,
  external_target,
  connection,
  power_query,
  custom_xml,
  data_model,
  defined_name,
  comment,
  person,
  document_properties,
  custom_properties,
  thumbnail,
  local_path,
  printer_settings,
  document_settings,
  revision_history,
  tracked_change,
  revision_identifier,
  embedded_object,
  control,
  macro,
  custom_ui,
  web_extension,
  chart_cache,
  hidden_shape,
  alternative_text,
  cropped_picture,
  covered_text,
  stale_calculation,
  hidden_formula,
  unused_string,
  phonetic_text,
  invisible_text,
  conditional_hiding,
  far_cell,
  merged_away,
  data_validation,
  scenario,
  header_footer,
  hyperlink,
  ignored_error,
  extension_block,
  fallback,
  xml_map,
  rich_data,
  hidden_text,
  field,
  mail_merge,
  bookmark,
  content_control,
  glossary,
  foreign_part,
  attached_template,
  document_variable,
  old_version,
  off_page_text,
  hidden_layer,
  earlier_revision,
  unreferenced_object,
  annotation,
  metadata_conflict,
  private_data,
  alternate_image,
  trailing_data,
  picture_metadata,
  picture_location,
  extra_column,
  row_after_blank,
  several_tables,
  embedded_line_end,
  nul_byte,
  mixed_encoding,
  invisible_character,
  direction_control,
  mixed_scripts,
  formula_start,
  hidden_markup,
  withheld_at_its_cell,
  withheld_distinctive,
  not_our_writing,
};

/// One row of the catalogue.
struct CatalogueEntry {
  FindingKind kind;
  std::string_view name;     ///< stable identifier, as reports and --json write it
  std::string_view title;    ///< what it is, in words
  std::string_view formats;  ///< separated by blanks
  std::string_view where;    ///< part, element or record
  std::string_view since;    ///< version that finds it first
};

/// Gives all kinds, in the order of FindingKind.
[[nodiscard]] std::span<const CatalogueEntry> catalogue();
[[nodiscard]] const CatalogueEntry& entry_of(FindingKind kind);

}  // namespace candour::inspect
