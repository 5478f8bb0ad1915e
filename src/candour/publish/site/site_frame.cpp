#include <candour/publish/site/site_frame.hpp>

#include <candour/base/digest.hpp>
#include <candour/release/page_shell.hpp>
#include <candour/release/templates.hpp>

#include <fmt/format.h>

#include <numeric>

namespace candour::publish {
namespace {

constexpr std::size_t longest_gist = 200;

std::string row_of(const LogEntry& entry, const std::string& to_root) {
  HtmlData data;
  data.set("root", to_root);
  data.set("level", std::string("h3"));
  data.set("address", address_of(entry));
  data.set("title", entry.title);
  const std::string gist = gist_of(entry);
  data.set("has_gist", !gist.empty());
  data.set("gist", gist);
  data.set("outcome_code", entry.outcome);
  data.set("outcome_label", label_of_outcome(entry.outcome));
  data.set("reference", entry.reference);
  data.set("answered", base::to_words(entry.answered));
  return release::filled("log_row.html", data);
}

std::string named_by_digest(std::string_view stem, std::string_view ending, std::string_view bytes) {
  return fmt::format("assets/{}-{}{}", stem, base::digest_of(bytes).to_hex().substr(0, 12), ending);
}

}  // namespace

std::string address_of(const LogEntry& entry) { return entry.folder + "/answer.html"; }

std::string gist_of(const LogEntry& entry) {
  if (entry.questions.empty()) return {};
  std::string text;
  for (const char letter : entry.questions.front().text) {
    const bool is_blank = letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
    if (!is_blank) text += letter;
    else if (!text.empty() && text.back() != ' ') text += ' ';
  }
  if (text.size() <= longest_gist) return text;
  const std::size_t blank = text.rfind(' ', longest_gist);
  return text.substr(0, blank == std::string::npos ? 0 : blank) + " \u2026";
}

std::string search_library_file() { return named_by_digest("minisearch", ".js", release::template_text("minisearch.js")); }
std::string search_script_file() { return named_by_digest("search", ".js", release::template_text("search.js")); }
std::string notice_file() { return "assets/NOTICE.txt"; }

SiteFrame::SiteFrame(const SiteContents& site) : site_(site) {
  for (const LogEntry& entry : site.entries) {
    rows_at_root_.push_back(row_of(entry, ""));
    rows_below_.push_back(row_of(entry, "../"));
  }
}

std::string SiteFrame::rows(const std::size_t* first, std::size_t count, const std::string& to_root) const {
  const std::vector<std::string>& rows = to_root.empty() ? rows_at_root_ : rows_below_;
  return std::accumulate(first, first + count, std::string(), [&](std::string text, std::size_t entry) { return std::move(text) += rows[entry]; });
}

std::string SiteFrame::page(std::string_view content_template, HtmlData data, const std::string& title, const std::string& to_root) const {
  release::set_shell(data, site_.look, {release::PageKind::shares_files, false, to_root, site_.publisher_url, site_.licence});
  data.set("shell_has_feeds", has_feeds());
  data.set("has_feeds", has_feeds());
  data.set("has_statistics", site_.statistics.has_value());
  data.set("root", to_root);
  data.set("content", release::filled(content_template, data));
  data.set("page_title", title);
  data.set("search_script", content_template == "log_search.html" ? HtmlData(search_script_file()) : HtmlData(false));
  data.set("search_library", search_library_file());
  return release::filled("log_page.html", data);
}

std::vector<base::FileToWrite> site_pages(const SiteContents& site) {
  const SiteFrame frame(site);
  std::vector<base::FileToWrite> files;
  append_list_pages(frame, files);
  append_word_pages(frame, files);
  append_text_pages(frame, files);
  return files;
}

std::vector<base::FileToWrite> site_assets(const release::PageLook& look) {
  const release::SharedFile style = release::shared_style(look), script = release::shared_leave_script();
  return {{style.path, style.bytes},
          {script.path, script.bytes},
          {search_library_file(), std::string(release::template_text("minisearch.js"))},
          {search_script_file(), std::string(release::template_text("search.js"))},
          {notice_file(), std::string(release::template_text("NOTICE.txt"))}};
}

}  // namespace candour::publish
