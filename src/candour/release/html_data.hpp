#pragma once
// Filling the templates: values of the page as mustache data. Every value is escaped by the template engine; only the style sheet is put in as it is.

#include <candour/release/paragraphs.hpp>
#include <candour/release/readable_answer.hpp>

#include <kainjow/mustache.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::release {

using HtmlData = kainjow::mustache::data;

[[nodiscard]] HtmlData list_of_texts(const std::vector<std::string>& texts);
/// Data of the partial "grids": all grids of one table.
[[nodiscard]] HtmlData grids_data(const ReadableTable& table);
/// Data of the notice: a list with notice_heading and notice_paragraphs.
[[nodiscard]] HtmlData notice_data(const NoticeText& notice);
/// An identifier for an anchor: letters, digits and hyphens.
[[nodiscard]] std::string anchor_of(std::string_view prefix, std::string_view name);
/// What every letter shows at its head, and the style of all pages.
[[nodiscard]] HtmlData letter_data(const std::string& title, const std::string& reference, const std::string& authority, ApprovalState approval);
/// What every page shares: style, the partial of grids, authority, reference, dates, draft or not.
[[nodiscard]] HtmlData page_data(const ReadableAnswer& answer);
/// Renders a template of templates/.
[[nodiscard]] std::string filled(std::string_view template_name, HtmlData& data);

}  // namespace candour::release
