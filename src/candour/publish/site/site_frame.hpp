#pragma once
// What all pages of the log share: the frame around their content, and the lines that stand for an answer.

#include <candour/publish/site/site_pages.hpp>
#include <candour/release/html_data.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::publish {

using release::HtmlData;

/// Fills frames, and lines of lists once for each place that a page can stand in.
class SiteFrame {
 public:
  explicit SiteFrame(const SiteContents& site);

  /// A page: the template `content_template` filled with `data`, inside the frame. `to_root` is "" or "../".
  [[nodiscard]] std::string page(std::string_view content_template, HtmlData data, const std::string& title, const std::string& to_root) const;

  /// The lines of some answers, for a page that stands at `to_root`.
  [[nodiscard]] std::string rows(const std::size_t* first, std::size_t count, const std::string& to_root) const;

  [[nodiscard]] const SiteContents& site() const { return site_; }
  [[nodiscard]] bool has_feeds() const { return !site_.look.address.empty(); }

 private:
  const SiteContents& site_;
  std::vector<std::string> rows_at_root_;
  std::vector<std::string> rows_below_;
};

/// The address of an answer's page, from the root of the site.
[[nodiscard]] std::string address_of(const LogEntry& entry);

/// The beginning of the first question, at most 200 characters, cut between words.
[[nodiscard]] std::string gist_of(const LogEntry& entry);

[[nodiscard]] std::string search_library_file();
[[nodiscard]] std::string search_script_file();
[[nodiscard]] std::string notice_file();

/// Pages of lists, of words, and of text; each appends to `files`.
void append_list_pages(const SiteFrame& frame, std::vector<base::FileToWrite>& files);
void append_word_pages(const SiteFrame& frame, std::vector<base::FileToWrite>& files);
void append_text_pages(const SiteFrame& frame, std::vector<base::FileToWrite>& files);

}  // namespace candour::publish
