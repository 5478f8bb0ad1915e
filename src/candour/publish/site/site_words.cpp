#include <candour/publish/site/site_frame.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::publish {
namespace {

constexpr std::size_t answers_beside_a_word = 5;
constexpr std::size_t most_answers_of_a_word = 500;
constexpr std::size_t words_for_one_letter = 500;  // up to so many words a page holds all of one first letter

using WordEntry = decltype(SiteIndex::words)::value_type;

HtmlData list() { return HtmlData{HtmlData::type::list}; }

// A name for files and anchors: letters of other scripts by their bytes.
std::string name_of(const std::string& word) {
  std::string name;
  for (const char letter : word) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    name += is_plain ? std::string(1, letter) : fmt::format("-{:02x}", static_cast<unsigned char>(letter));
  }
  return name;
}

std::string path_of_word(const std::string& word, std::size_t page) {
  return page == 1 ? fmt::format("words/w-{}.html", name_of(word)) : fmt::format("words/w-{}-page-{}.html", name_of(word), page);
}

HtmlData answer_data(const LogEntry& entry) {
  HtmlData data;
  data.set("address", address_of(entry));
  data.set("title", entry.title);
  data.set("year", std::to_string(static_cast<int>(entry.answered.year())));
  data.set("outcome", label_of_outcome(entry.outcome));
  return data;
}

HtmlData word_data(const SiteContents& site, const WordEntry& word) {
  HtmlData answers = list();
  for (std::size_t i = 0; i < std::min(answers_beside_a_word, word.second.size()); ++i) answers << answer_data(site.entries[word.second[i]]);
  HtmlData data;
  data.set("word", word.first);
  data.set("word_id", name_of(word.first));
  data.set("answers", answers);
  data.set("has_more", word.second.size() > answers_beside_a_word);
  data.set("answer_count", std::to_string(word.second.size()));
  data.set("more_address", path_of_word(word.first, 1).substr(6));
  return data;
}

// All answers with one word that has more of them than stand beside it.
void append_pages_of_word(const SiteFrame& frame, const WordEntry& word, std::vector<base::FileToWrite>& files) {
  const std::size_t shown = std::min(word.second.size(), most_answers_of_a_word), last = (shown + entries_on_a_page - 1) / entries_on_a_page;
  for (std::size_t page = 1; page <= last; ++page) {
    const std::size_t begin = (page - 1) * entries_on_a_page;
    HtmlData data;
    const std::string heading = fmt::format("Answers with the word {}{}", word.first, page == 1 ? "" : fmt::format(", page {} of {}", page, last));
    data.set("heading", heading);
    data.set("lead", word.second.size() > shown ? fmt::format("{} answers. The newest {} are listed here; the others are found by year, or by a rarer word.",
                                                              word.second.size(), shown)
                                                : fmt::format("{} answers, the newest first.", shown));
    data.set("list_heading", "Answers");
    data.set("has_search", false);
    data.set("has_rows", true);
    data.set("rows", frame.rows(word.second.data() + begin, std::min(entries_on_a_page, shown - begin), "../"));
    data.set("has_pages", last > 1);
    data.set("has_previous", page > 1);
    data.set("has_next", page < last);
    if (page > 1) data.set("previous", "../" + path_of_word(word.first, page - 1));
    if (page < last) data.set("next", "../" + path_of_word(word.first, page + 1));
    HtmlData pages = list();
    for (std::size_t number = 1; number <= last; ++number) {
      HtmlData one;
      one.set("is_gap", false);
      one.set("is_here", number == page);
      one.set("number", std::to_string(number));
      one.set("page_address", "../" + path_of_word(word.first, number));
      pages << one;
    }
    data.set("pages", pages);
    data.set("facets", list());
    files.push_back({path_of_word(word.first, page), frame.page("log_list.html", std::move(data), heading, "../")});
  }
}

void append_page_of_beginning(const SiteFrame& frame, const std::string& beginning, const std::vector<const WordEntry*>& words,
                              std::vector<base::FileToWrite>& files) {
  HtmlData list_of_words = list();
  for (const WordEntry* word : words) list_of_words << word_data(frame.site(), *word);
  const std::string heading = beginning == "other" ? std::string("Other words") : fmt::format("Words that begin with {}", beginning);
  HtmlData data;
  data.set("heading", heading);
  data.set("lead", words.size() == 1 ? std::string("1 word of titles and questions.") : fmt::format("{} words of titles and questions.", words.size()));
  data.set("letters", list());
  data.set("words", list_of_words);
  files.push_back({fmt::format("words/{}.html", beginning), frame.page("log_words.html", std::move(data), heading, "../")});
}

using WordsByBeginning = std::map<std::string, std::vector<const WordEntry*>>;

HtmlData letters_data(const WordsByBeginning& beginnings) {
  std::map<std::string, HtmlData> letters;
  for (const auto& [beginning, words] : beginnings) {
    HtmlData data;
    data.set("beginning", beginning);
    data.set("beginning_address", beginning + ".html");
    data.set("word_count", words.size() == 1 ? std::string("1 word") : fmt::format("{} words", words.size()));
    const std::string letter = beginning.size() == 1  ? "First letter"
                               : beginning == "other" ? "Other"
                               : beginning[0] <= '9'  ? "Figures"
                                                      : std::string(1, static_cast<char>(beginning[0] - 32));
    letters.try_emplace(letter, list()).first->second << data;
  }
  HtmlData data = list();
  for (const auto& [letter, of_letter] : letters) {
    HtmlData one;
    one.set("letter", letter);
    one.set("beginnings", of_letter);
    data << one;
  }
  return data;
}

}  // namespace

void append_word_pages(const SiteFrame& frame, std::vector<base::FileToWrite>& files) {
  WordsByBeginning beginnings;
  const bool is_small = frame.site().index.words.size() <= words_for_one_letter;
  for (const WordEntry& word : frame.site().index.words) {
    const std::string beginning = beginning_of(word.first);
    beginnings[is_small && beginning != "other" ? beginning.substr(0, 1) : beginning].push_back(&word);
  }
  HtmlData data;
  data.set("heading", std::string("Words of titles and questions"));
  data.set("lead", std::string("Choose how the word begins. Words that say little, such as please or request, are left out."));
  data.set("letters", letters_data(beginnings));
  data.set("words", list());
  files.push_back({"words/index.html", frame.page("log_words.html", std::move(data), "Words of titles and questions", "../")});
  for (const auto& [beginning, words] : beginnings) {
    append_page_of_beginning(frame, beginning, words, files);
    for (const WordEntry* word : words)
      if (word->second.size() > answers_beside_a_word) append_pages_of_word(frame, *word, files);
  }
}

}  // namespace candour::publish
