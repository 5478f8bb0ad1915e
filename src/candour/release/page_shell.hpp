#pragma once
// What every page has around its content: policy of security, style, header, phase banner, Leave this site, footer. Templates: templates/shell_*.html.

#include <candour/release/html_data.hpp>
#include <candour/release/page_look.hpp>

#include <string>
#include <string_view>

namespace candour::release {

/// Whether a page carries style and script in itself, as an answer does that must stay whole for ever, or shares the files of the log.
enum class PageKind { carries_all, shares_files };

/// Where a page stands.
struct PagePlace {
  PageKind kind = PageKind::carries_all;
  bool is_draft = false;
  std::string to_root;        ///< "" or "../": from the page to the root of the log
  std::string publisher_url;  ///< may be empty
  std::string licence;
};

/// A file that pages of the kind shares_files load; named after its bytes, so that a browser may keep it for ever.
struct SharedFile {
  std::string path;  ///< "assets/style-0123456789ab.css"
  std::string bytes;
};

/// The style sheet of all pages in an authority's colours, and the script of Leave this site.
[[nodiscard]] SharedFile shared_style(const PageLook& look);
[[nodiscard]] SharedFile shared_leave_script();

/// Puts what the partials shell_head, shell_top and shell_foot need into the data of a page, and the partials themselves.
void set_shell(HtmlData& data, const PageLook& look, const PagePlace& place);

/// The content-security policy of a page: nothing from elsewhere, no inline code but what is named by its digest.
[[nodiscard]] std::string security_policy(const PageLook& look, PageKind kind);

/// "The text and figures may be used again under the Open Government Licence v3.0 ..."
[[nodiscard]] std::string licence_sentence(std::string_view licence);

}  // namespace candour::release
