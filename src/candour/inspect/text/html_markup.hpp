#pragma once
// Markup of an HTML page that a reader does not see.

#include <candour/inspect/inspection.hpp>

#include <string_view>

namespace candour::inspect {

/// Tells an HTML page by its beginning.
[[nodiscard]] bool is_html(std::string_view beginning);

/// The script of "Leave this site" (templates/leave.js), the one script that our pages carry.
extern const std::string_view leave_script;

/// Writes down comments, scripts but our own, hidden elements, elements that are not displayed, and data inside addresses.
void inspect_html_markup(std::string_view page, Inspection& inspection);

/// Writes down every element and attribute that our own pages do not have, and styles that load something or hold remarks.
void check_own_markup(std::string_view page, Inspection& inspection);

}  // namespace candour::inspect
