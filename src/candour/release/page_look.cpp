#include <candour/release/page_look.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace candour::release {
namespace {

using enum base::KeyForm;
using enum base::Presence;

constexpr int least_contrast = 450;  // WCAG 2.2, 1.4.3: text of normal size

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

double channel(std::string_view colour, std::size_t at) {
  int value = 0;
  std::from_chars(colour.data() + at, colour.data() + at + 2, value, 16);
  const double share = value / 255.0;
  return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

double luminance(std::string_view colour) { return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5); }

bool is_address(std::string_view text) {
  const bool begins_well = text.starts_with("https://") || text.starts_with("http://") || text.starts_with("mailto:");
  return begins_well && text.find_first_of(" \"'<>\n\t") == std::string_view::npos;
}

const std::vector<base::KeyTable> tables = {
    {"",
     "What an authority sets for its published pages. Every part may be left out.",
     {{"authority", table, optional, "Who publishes."},
      {"pages", table, optional, "What stands around the answers, and where links lead."},
      {"colours", table, optional, "Three colours; a pair that is hard to read is refused."}}},
    {"authority",
     "Who publishes.",
     {{"name", text, optional, "The name in the header of every page. Left out: the name in the case file, or in the newest answer of the log."}}},
    {"pages",
     "What stands around the answers, and where links lead.",
     {{"service", text, optional, "What the pages are, beside the name."},
      {"address", text, optional, "Where the log stands, such as \"https://foi.example/log/\". Feeds and sitemap need it."},
      {"leave_address", text, optional, "Where Leave this site goes: a page that nobody wonders about, without personal content. Left out: the BBC's weather."},
      {"phase",
       one_of_words,
       optional,
       "The phase of the service, for the banner; \"none\" leaves the banner out. Left out: \"Beta\".",
       {"Alpha", "Beta", "none"}},
      {"feedback", text, optional, "Where readers can say what they think: a page or a mailto: address. Shown in the banner."},
      {"contact", text, optional, "Whom to ask for an answer in another form; shown in the accessibility statement. Left out: the authority by its name."}}},
    {"colours",
     "Each as \"#rrggbb\".",
     {{"header", text, optional, "The band at the top of the page."},
      {"header_text", text, optional, "The name in that band; its contrast with the band must be at least 4.5 to 1."},
      {"accent", text, optional, "Links, bars of charts and edges; its contrast with white and with the pale grey of panels must be at least 4.5 to 1."}}},
};

class LookReader {
 public:
  LookReader(const base::Setting& top, std::string file) : top_(top), file_(std::move(file)) {}

  base::ResultOrErrors<PageLook> read() {
    PageLook look;
    take("authority", "name", look.authority);
    take("pages", "service", look.service);
    take("pages", "contact", look.contact);
    take("pages", "phase", look.phase);
    if (look.phase == "none") look.phase.clear();
    take_address("address", look.address);
    if (!look.address.empty() && !look.address.ends_with('/')) look.address += '/';
    take_address("leave_address", look.leave_address);
    take_address("feedback", look.feedback);
    take_colour("header", look.colours.header);
    take_colour("header_text", look.colours.header_text);
    take_colour("accent", look.colours.accent);
    if (errors_.empty()) check_contrast(look.colours);
    if (!errors_.empty()) return tl::make_unexpected(std::move(errors_));
    return look;
  }

 private:
  void take(std::string_view part, std::string_view key, std::string& into) const {
    const base::Setting* table = top_.find(part);
    if (table != nullptr) into = table->text_of(key, into);
  }

  void take_address(std::string_view key, std::string& into) {
    take("pages", key, into);
    if (!into.empty() && !is_address(into)) {
      fail("pages", key, "authority.bad_address", fmt::format("{} must be an address that begins with https://, http:// or mailto:", key), {});
    }
  }

  void take_colour(std::string_view key, std::string& into) {
    take("colours", key, into);
    if (!is_colour(into)) fail("colours", key, "authority.bad_colour", fmt::format("{} must be a colour such as \"#0b5563\"", key), {});
  }

  void check_contrast(const PageColours& colours) {
    check_pair("header_text", colours.header_text, "the header", colours.header);
    check_pair("accent", colours.accent, "white", "#ffffff");
    check_pair("accent", colours.accent, "the grey of panels", "#f3f5f6");
  }

  void check_pair(std::string_view key, const std::string& colour, std::string_view ground_name, const std::string& ground) {
    const int contrast = contrast_in_hundredths(colour, ground);
    if (contrast >= least_contrast) return;
    fail("colours", key, "authority.contrast",
         fmt::format("{} {} on {} {} has a contrast of {}.{:02} to 1, and text needs at least 4.5 to 1", key, colour, ground_name, ground, contrast / 100,
                     contrast % 100),
         "take a darker or a lighter colour (WCAG 2.2, success criterion 1.4.3)");
  }

  void fail(std::string_view part, std::string_view key, std::string code, std::string sentence, std::string hint) {
    const base::Setting* table = top_.find(part);
    errors_.push_back({base::Cause::wrong_input, std::move(code), {file_, table == nullptr ? 0 : table->line_of(key)}, std::move(sentence), std::move(hint)});
  }

  const base::Setting& top_;
  std::string file_;
  base::Errors errors_;
};

}  // namespace

int contrast_in_hundredths(std::string_view one, std::string_view other) {
  const double a = luminance(one), b = luminance(other);
  return static_cast<int>(std::floor(100.0 * (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05)));
}

std::span<const base::KeyTable> page_look_keys() { return tables; }

base::ResultOrErrors<PageLook> read_page_look(const std::filesystem::path& file) {
  auto settings = base::read_settings(file.string());
  if (!settings) return tl::make_unexpected(base::Errors{std::move(settings).error()});
  base::Errors errors = base::check_settings(*settings, tables, file.string(), "authority");
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return LookReader(*settings, file.string()).read();
}

}  // namespace candour::release
