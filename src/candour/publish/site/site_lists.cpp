#include <candour/publish/site/site_frame.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace candour::publish {
namespace {

HtmlData list() { return HtmlData{HtmlData::type::list}; }

/// A list of answers that is cut into pages.
struct ListOfAnswers {
  std::string first_page;   ///< path of the first page
  std::string other_pages;  ///< path of the others, {} for the number
  std::string heading;
  std::string lead;
  std::string list_heading;
  std::vector<std::size_t> entries;
};

std::string path_of(const ListOfAnswers& answers, std::size_t page) {
  return page == 1 ? answers.first_page : fmt::format(fmt::runtime(answers.other_pages), page);
}

std::string link(const std::string& from_root, const std::string& to_root) { return to_root + from_root; }

// The first, the last, and those beside this one; a gap stands for the others.
HtmlData page_numbers(const ListOfAnswers& answers, std::size_t here, std::size_t last, const std::string& to_root) {
  HtmlData pages = list();
  std::size_t before = 0;
  for (std::size_t number = 1; number <= last; ++number) {
    const bool is_near = number + 2 >= here && number <= here + 2;
    if (number != 1 && number != last && !is_near) continue;
    if (number != before + 1) {
      HtmlData gap;
      gap.set("is_gap", true);
      gap.set("is_here", false);
      pages << gap;
    }
    HtmlData page;
    page.set("is_gap", false);
    page.set("is_here", number == here);
    page.set("number", std::to_string(number));
    page.set("page_address", link(path_of(answers, number), to_root));
    pages << page;
    before = number;
  }
  return pages;
}

HtmlData facet_data(const std::string& heading, const std::vector<Facet>& facets, std::string_view kind, const std::string& to_root) {
  HtmlData values = list();
  for (const Facet& facet : facets) {
    HtmlData value;
    value.set("root", to_root);
    value.set("value_address", fmt::format("browse/{}-{}.html", kind, facet.code));
    value.set("value_label", facet.label);
    value.set("value_count", std::to_string(facet.entries.size()));
    values << value;
  }
  HtmlData data;
  data.set("facet_heading", heading);
  data.set("values", values);
  return data;
}

HtmlData facets_data(const SiteIndex& index, const std::string& to_root) {
  HtmlData facets = list();
  if (!index.years.empty()) facets << facet_data("By year", index.years, "year", to_root);
  if (!index.outcomes.empty()) facets << facet_data("By outcome", index.outcomes, "outcome", to_root);
  if (!index.sections.empty()) facets << facet_data("By section relied on", index.sections, "section", to_root);
  return facets;
}

void append_pages(const SiteFrame& frame, const ListOfAnswers& answers, std::vector<base::FileToWrite>& files) {
  const std::size_t last = std::max<std::size_t>(1, (answers.entries.size() + entries_on_a_page - 1) / entries_on_a_page);
  for (std::size_t page = 1; page <= last; ++page) {
    const std::string path = path_of(answers, page), to_root = path.find('/') == std::string::npos ? "" : "../";
    const std::size_t begin = (page - 1) * entries_on_a_page, count = std::min(entries_on_a_page, answers.entries.size() - begin);
    HtmlData data;
    const std::string heading = page == 1 ? answers.heading : fmt::format("{}, page {} of {}", answers.heading, page, last);
    data.set("heading", heading);
    data.set("lead", answers.lead);
    data.set("list_heading", answers.list_heading);
    data.set("has_search", page == 1 && to_root.empty());
    data.set("has_rows", count > 0);
    data.set("rows", frame.rows(answers.entries.data() + begin, count, to_root));
    data.set("has_pages", last > 1);
    data.set("has_previous", page > 1);
    data.set("has_next", page < last);
    if (page > 1) data.set("previous", link(path_of(answers, page - 1), to_root));
    if (page < last) data.set("next", link(path_of(answers, page + 1), to_root));
    data.set("pages", page_numbers(answers, page, last, to_root));
    data.set("facets", facets_data(frame.site().index, to_root));
    files.push_back({path, frame.page("log_list.html", std::move(data), heading, to_root)});
  }
}

std::string count_of_answers(std::size_t count) { return count == 1 ? "1 answer" : fmt::format("{} answers", count); }

void append_facets(const SiteFrame& frame, const std::vector<Facet>& facets, std::string_view kind, std::string_view heading,
                   std::vector<base::FileToWrite>& files) {
  for (const Facet& facet : facets) {
    append_pages(frame,
                 {fmt::format("browse/{}-{}.html", kind, facet.code), fmt::format("browse/{}-{}-page-{{}}.html", kind, facet.code),
                  fmt::format(fmt::runtime(heading), facet.label), count_of_answers(facet.entries.size()) + ", the newest first.", "Answers", facet.entries},
                 files);
  }
}

}  // namespace

void append_list_pages(const SiteFrame& frame, std::vector<base::FileToWrite>& files) {
  const SiteContents& site = frame.site();
  ListOfAnswers all{"index.html",
                    "browse/page-{}.html",
                    "Answers published",
                    fmt::format("What {} answered to requests under freedom of information law: {}, the newest first.", site.look.authority,
                                count_of_answers(site.entries.size())),
                    "Answers, the newest first",
                    std::vector<std::size_t>(site.entries.size())};
  std::iota(all.entries.begin(), all.entries.end(), std::size_t{0});
  append_pages(frame, all, files);
  append_facets(frame, site.index.years, "year", "Answers of {}", files);
  append_facets(frame, site.index.outcomes, "outcome", "Outcome: {}", files);
  append_facets(frame, site.index.sections, "section", "{}", files);
}

}  // namespace candour::publish
