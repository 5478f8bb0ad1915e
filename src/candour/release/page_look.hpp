#pragma once
// How the pages of one authority look and where they lead: read from its file, the same for every page.

#include <candour/base/result.hpp>
#include <candour/base/settings.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace candour::release {

/// Three colours, each "#rrggbb". What else a page needs is derived from them or is the same for everybody.
struct PageColours {
  std::string header = "#12283f";       ///< the band at the top
  std::string header_text = "#ffffff";  ///< the name in it
  std::string accent = "#0b5563";       ///< links, bars of charts, edges; on white
};

/// What an authority may set. The defaults make a good page.
struct PageLook {
  std::string authority;                                              ///< name in the header; empty: as the case or the entries say
  std::string service = "Freedom of information: answers published";  ///< beside the name
  std::string address;                                                ///< where the log will stand, with a slash at the end; empty: not known
  std::string leave_address = "https://www.bbc.co.uk/weather";        ///< where "Leave this site" goes
  std::string phase = "Beta";                                         ///< of the phase banner; empty: no banner
  std::string feedback;                                               ///< address of the feedback link; empty: none
  std::string contact;                                                ///< who helps where a page cannot be read; empty: the authority by its name
  PageColours colours;
};

/// Reads an authority's file (TOML; docs/reference/authority-file.md). All mistakes are reported together with their lines: unknown keys, colours that are none
/// ("authority.bad_colour"), pairs of colours whose contrast is below 4.5 to 1, as WCAG AA asks ("authority.contrast"), addresses that are neither https, http
/// nor mailto
/// ("authority.bad_address").
[[nodiscard]] base::ResultOrErrors<PageLook> read_page_look(const std::filesystem::path& file);

/// The keys of that file, for reader and manual.
[[nodiscard]] std::span<const base::KeyTable> page_look_keys();

/// The contrast of two colours "#rrggbb", in hundredths: 450 is 4.5 to 1, rounded down. Source: WCAG 2.2, relative luminance and contrast ratio.
[[nodiscard]] int contrast_in_hundredths(std::string_view one, std::string_view other);

}  // namespace candour::release
