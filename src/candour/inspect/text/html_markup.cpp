#include <candour/inspect/text/html_markup.hpp>

#include <candour/base/base64.hpp>
#include <candour/base/text.hpp>
#include <candour/inspect/ours/own_writing.hpp>
#include <candour/inspect/pictures/picture_room.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace candour::inspect {
namespace {

constexpr std::array<std::string_view, 8> unseen_elements{"script", "template", "noscript", "iframe", "object", "embed", "datalist", "portal"};

/// Gives where a script of ours ends, or nothing if it is another: the text of Leave this site itself, or a file of the log's own folder.
std::optional<std::size_t> end_of_own_script(std::string_view page, std::size_t end, std::string_view tag) {
  constexpr std::string_view closing = "</script>";
  const std::string_view content = page.substr(std::min(end + 1, page.size()));
  if (tag == "script" && content.starts_with(leave_script) && content.substr(leave_script.size()).starts_with(closing)) return end + 1 + leave_script.size();
  for (const std::string_view folder : {"script src=\"assets/", "script src=\"../assets/"}) {
    if (!tag.starts_with(folder) || !tag.ends_with(".js\" defer") || !content.starts_with(closing)) continue;
    const std::string_view name = tag.substr(folder.size(), tag.size() - folder.size() - std::string_view(".js\" defer").size());
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos) return end + 1;
  }
  return std::nullopt;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' ' && c != '\t' && c != '\n' && c != '\r'; });
  return out;
}

/// Gives where a tag ends: at a '>' outside quotes.
std::size_t end_of_tag(std::string_view page, std::size_t at) {
  char quote = 0;
  for (; at < page.size(); ++at) {
    if (quote != 0) {
      if (page[at] == quote) quote = 0;
    } else if (page[at] == '"' || page[at] == '\'') {
      quote = page[at];
    } else if (page[at] == '>') {
      return at;
    }
  }
  return page.size();
}

/// Gives whether an attribute without quotes around it stands in a tag: " hidden" before a blank, '=' or the end.
bool has_attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    const char before = at == 0 ? ' ' : tag[at - 1], after = at + name.size() < tag.size() ? tag[at + name.size()] : ' ';
    const bool is_outside_quotes = std::count(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(at), '"') % 2 == 0;
    if (is_outside_quotes && (before == ' ' || before == '\n' || before == '\t') && (after == ' ' || after == '=' || after == '/' || after == '\n'))
      return true;
  }
  return false;
}

/// Gives the picture that an img tag carries in its address, or nothing: a JPEG in base64, and no other data beside it.
std::optional<std::string> picture_inside(std::string_view tag) {
  constexpr std::string_view address = "src=\"data:image/jpeg;base64,";
  const std::size_t at = tag.find(address);
  if (!tag.starts_with("img ") || at == std::string_view::npos || tag.find("data:") != at + 5 || tag.find("data:", at + 6) != std::string_view::npos)
    return std::nullopt;
  const std::size_t begin = at + address.size();
  return base::from_base64(tag.substr(begin, tag.find('"', begin) - begin));
}

/// Gives the names of the attributes that stand in a tag behind the element's name.
std::vector<std::string> attribute_names(std::string_view tag) {
  constexpr std::string_view between = " \t\r\n/";
  std::vector<std::string> names;
  std::size_t at = tag.find_first_of(between);
  while ((at = tag.find_first_not_of(between, at)) < tag.size()) {
    const std::size_t end = tag.find_first_of(" \t\r\n/=", at);
    names.emplace_back(tag.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos || tag[end] != '=') {
      at = end;
      continue;
    }
    const char quote = end + 1 < tag.size() ? tag[end + 1] : ' ';
    at = quote == '"' || quote == '\'' ? tag.find(quote, end + 2) : tag.find_first_of(between, end);
    if (at != std::string_view::npos && tag[at] == quote) ++at;
  }
  return names;
}

}  // namespace

bool is_html(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  const std::string head = lowered(base::trimmed(beginning.substr(0, 256)));
  return head.starts_with("<!doctype html") || head.starts_with("<html");
}

void inspect_html_markup(std::string_view page, Inspection& inspection) {
  const InspectionPlace place = inspection.place("");
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at)) {
    const std::string where = "byte " + std::to_string(at);
    const auto note = [&](std::string_view sample) { inspection.at(FindingKind::hidden_markup, place).add(where, sample); };
    if (page.substr(at, 4) == "<!--") {
      const std::size_t end = page.find("-->", at + 4);
      note(page.substr(at + 4, end == std::string_view::npos ? end : end - at - 4));
      at = end == std::string_view::npos ? page.size() : end + 3;
      continue;
    }
    const std::size_t end = end_of_tag(page, at);
    const std::string tag = lowered(page.substr(at + 1, end - at - 1));
    const std::string element = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    if (const auto own_end = element == "script" ? end_of_own_script(page, end, tag) : std::nullopt) {
      at = *own_end;
      continue;
    }
    const auto picture = picture_inside(page.substr(at + 1, end - at - 1));
    if (picture) inspect_picture(*picture, place, inspection);
    const std::string style = without_blanks(picture ? tag.substr(0, tag.find("src=")) + tag.substr(tag.find('"', tag.find("src=") + 5)) : tag);
    const bool is_unseen = std::find(unseen_elements.begin(), unseen_elements.end(), element) != unseen_elements.end();
    if (is_unseen || has_attribute(tag, "hidden") || style.find("type=\"hidden\"") != std::string::npos || style.find("display:none") != std::string::npos ||
        style.find("visibility:hidden") != std::string::npos || style.find("=\"data:") != std::string::npos ||
        style.find("name=\"author\"") != std::string::npos) {
      note(tag);
    }
    at = end;
  }
}

void check_own_markup(std::string_view page, Inspection& inspection) {
  const auto note = [&](std::string_view what) { note_not_our_writing(inspection, inspection.place(""), what); };
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at)) {
    const std::size_t end = end_of_tag(page, at);
    std::string tag = lowered(page.substr(at + 1, end - at - 1));
    const bool is_closing = tag.starts_with('/');
    if (is_closing) tag.erase(0, 1);
    const std::string element = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    if (const auto own_end = element == "script" ? end_of_own_script(page, end, tag) : std::nullopt) {
      at = *own_end;
      continue;
    }
    const OwnElement* own = find_own("html", element);
    const auto picture = element == "img" ? picture_inside(page.substr(at + 1, end - at - 1)) : std::nullopt;
    const bool is_foreign_picture = element == "img" && !(picture && inspection.is_own_picture(*picture));
    if (own == nullptr || (element == "script" && !is_closing) || is_foreign_picture) note("<" + element.substr(0, 40) + ">");
    for (const auto& name : own == nullptr ? std::vector<std::string>() : attribute_names(tag)) {
      if (!may_have(*own, name)) note("<" + element + "> " + name.substr(0, 40));
    }
    if (element == "style") {
      const std::string_view style = page.substr(end, std::min(page.find('<', end), page.size()) - end);
      for (const std::string_view foreign : {"url(", "@import", "/*", "attr("}) {
        if (style.find(foreign) != std::string_view::npos) note(foreign);
      }
    }
    at = end;
  }
}

}  // namespace candour::inspect
