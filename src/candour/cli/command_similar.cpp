#include <candour/cli/command_similar.hpp>

#include <candour/base/date.hpp>
#include <candour/base/files.hpp>
#include <candour/base/settings.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/case_head.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/law/aggregation.hpp>
#include <candour/law/provisions.hpp>
#include <candour/publish/log_entry.hpp>
#include <candour/request/case.hpp>
#include <candour/similar/likeness.hpp>
#include <candour/similar/round_robin.hpp>
#include <candour/similar/title_list.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

namespace candour::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int very_like_percent = 60;  // from here on the officer is asked to look at the law
constexpr int copied_percent_of_note = 50;
constexpr std::size_t sent_often = 3;

/// What came in.
struct Incoming {
  std::string title;
  std::string text;
  law::Regime regime = law::Regime::foia;
  base::Date received = {};
  std::filesystem::path folder;  ///< of the case; empty: a text alone
};

// The request as it came in: the text that the case names, or nothing where it cannot be read.
std::string words_of_request(const std::filesystem::path& folder) {
  const auto settings = base::read_settings((folder / "case.toml").string());
  const base::Setting* request = settings ? settings->find("request") : nullptr;
  auto text = base::read_file(folder / (request == nullptr ? std::string() : request->text_of("text_file")));
  return text && base::is_valid_utf8(*text) ? std::move(*text) : std::string();
}

base::ResultOrErrors<Incoming> read_incoming(const std::filesystem::path& path) {
  std::error_code ignored;
  const bool is_case = std::filesystem::is_directory(path, ignored) || path.filename() == "case.toml";
  if (!is_case) {
    CANDOUR_TRY(text, with_errors(base::read_file(path)));
    if (!base::is_valid_utf8(text)) {
      return tl::make_unexpected(base::Errors{{base::Cause::wrong_input,
                                               "similar.not_text",
                                               {path.string()},
                                               "this is not UTF-8 text, expected the words of a request",
                                               "save it as UTF-8, or name the folder of its case"}});
    }
    return Incoming{{}, std::move(text), law::Regime::foia, base::today(), {}};
  }
  // A case that was opened a minute ago is a draft: its head and the words of its request are enough.
  CANDOUR_TRY(head, with_errors(casework::read_case_head(path)));
  Incoming incoming{head.subject, words_of_request(head.folder), law::regime_of(head.regime), head.received, head.folder};
  return incoming;
}

std::string capitalised_citation(std::string_view code, std::string_view otherwise) {
  const auto provision = law::find_provision(code);
  std::string citation = provision ? law::cited(*provision) : std::string(otherwise);
  if (!citation.empty() && citation[0] >= 'a' && citation[0] <= 'z') citation[0] = static_cast<char>(citation[0] - 32);
  return citation;
}

std::string accessible_already(law::Regime regime) {
  if (regime == law::Regime::foisa) return capitalised_citation("FOISA/25(1)", "Section 25(1) of the Freedom of Information (Scotland) Act 2002");
  return capitalised_citation("FOIA/21(1)", "Section 21(1) of the Freedom of Information Act 2000");
}

std::string repeated(law::Regime regime) {
  if (regime == law::Regime::foisa) return capitalised_citation("FOISA/14(2)", "Section 14(2) of the Freedom of Information (Scotland) Act 2002");
  return capitalised_citation("FOIA/14(2)", "Section 14(2) of the Freedom of Information Act 2000");
}

std::string added_up(law::Regime regime) {
  return capitalised_citation(law::in_role(regime, law::NoticeRole::aggregation), "Section 12(4) of the Freedom of Information Act 2000");
}

// The register of releases is a database; anything else is a list of titles.
bool is_release_register(const std::string& place) {
  if (place.starts_with("postgres:") || place.starts_with("postgresql:")) return true;
  const auto bytes = base::read_file(place);
  return bytes && bytes->starts_with("SQLite format 3");
}

// An answer has a title; figures brought in from elsewhere are called by what they count.
std::string title_of(const table::Release& release) {
  if (!release.title.empty()) return release.title;
  std::vector<std::string> tables;
  for (const table::ReleasedTable& one : release.tables) {
    std::vector<std::string> by;
    for (const table::ReleasedVariable& variable : one.by) by.push_back(variable.name);
    std::string words = by.empty() ? one.counted : fmt::format("{} by {}", one.counted, base::listed(by));
    if (std::ranges::find(tables, words) == tables.end()) tables.push_back(std::move(words));
  }
  return fmt::format("{}: {}", release.population, base::joined(tables, "; "));
}

base::Result<std::vector<similar::ListedTitle>> titles_in(const std::string& place) {
  if (!is_release_register(place)) return similar::read_titles(place);
  CANDOUR_TRY(opened, open_register(place));
  CANDOUR_TRY(releases, opened.list());
  std::vector<similar::ListedTitle> titles;
  for (const casework::RegisteredRelease& one : releases) titles.push_back({title_of(one.release), one.release.id, 0});
  return titles;
}

/// A case of the store: its head, and the words of its request.
struct StoredCase {
  casework::CaseHead head;
  std::string text;
  std::optional<request::Requester> requester;
};

base::Result<std::vector<StoredCase>> cases_beside(const std::filesystem::path& folder, const Incoming& incoming) {
  CANDOUR_TRY(found, casework::cases_in(folder));
  std::vector<StoredCase> cases;
  for (casework::CaseHead& head : found.cases) {  // one that cannot be read is told by case list
    std::error_code ignored;
    if (!incoming.folder.empty() && std::filesystem::equivalent(head.folder, incoming.folder, ignored)) continue;
    StoredCase one{std::move(head), {}, {}};
    one.text = words_of_request(one.head.folder);
    if (auto requester = request::load_requester(one.head.folder / "requester.toml")) one.requester = std::move(*requester);
    cases.push_back(std::move(one));
  }
  return cases;
}

bool is_same_person(const request::Requester& a, const request::Requester& b) {
  return (!a.address.empty() && a.address == b.address) || (a.address.empty() && !a.name.empty() && a.name == b.name);
}

bool is_very_like(const similar::Likeness& likeness) { return likeness.percent >= very_like_percent || likeness.copied_percent >= copied_percent_of_note; }

class SimilarCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", request_, "The folder of a case, or a text file with a request");
    parameters.option("--site", "FOLDER", site_, "The folder of the disclosure log");
    parameters.option("--register", "PLACE", register_,
                      "The register of releases (a SQLite file or a PostgreSQL URL), or titles of other requests as comma-separated values");
    parameters.option("--cases", "FOLDER", cases_, "The folder that holds the cases: what else came in, open or answered");
    parameters.option("--most", "NUMBER", most_, 1, 100, "How many answers are shown at most");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(incoming, read_incoming(request_));
    if (!site_ && !register_ && !cases_)
      return tl::make_unexpected(base::Errors{{base::Cause::wrong_input,
                                               "similar.nothing_named",
                                               {},
                                               "there is nothing to compare with, expected --site, --register or --cases",
                                               "--site names the folder of the disclosure log"}});
    std::vector<publish::LogEntry> entries;
    if (site_) {
      CANDOUR_TRY(log, with_errors(publish::read_log(*site_)));
      entries = std::move(log.entries);
    }
    std::vector<similar::ListedTitle> titles;
    if (register_) {
      CANDOUR_TRY(read, with_errors(titles_in(*register_)));
      titles = std::move(read);
    }
    std::vector<StoredCase> stored;
    if (cases_) {
      CANDOUR_TRY(read, with_errors(cases_beside(*cases_, incoming)));
      stored = std::move(read);
    }
    Json json;
    json["answers"] = site_ ? answers(incoming, entries, console) : Json::array();
    json["register"] = register_ ? listed(incoming, titles, console) : Json::array();
    json["cases"] = cases_ ? other_cases(incoming, stored, console) : Json::array();
    json["round_robin"] = signs(incoming, console);
    json["prompts"] = prompts(console);
    console.print_json(json);
    return ExitStatus::done;
  }

 private:
  Json answers(const Incoming& incoming, const std::vector<publish::LogEntry>& entries, Console& console) {
    std::vector<similar::KnownText> known;
    for (const publish::LogEntry& entry : entries) {
      similar::KnownText text{entry.title, {}};
      for (const publish::LogQuestion& question : entry.questions) text.text += question.text + "\n";
      known.push_back(std::move(text));
    }
    const auto found = similar::Comparison(known).closest(incoming.title, incoming.text, static_cast<std::size_t>(most_));
    console.print(found.empty() ? "No published answer shares a word of note with this request.\n" : "Published answers, the closest first:\n");
    Json list = Json::array();
    for (const similar::Likeness& likeness : found) {
      const publish::LogEntry& entry = entries[likeness.place];
      const std::string page = entry.folder + "/answer.html";
      console.print(fmt::format("{:>5}%  {}  {} ({})\n        {}% word for word; shared: {}\n        {}\n", likeness.percent, entry.reference, entry.title,
                                base::to_words(entry.answered), likeness.copied_percent, base::joined(likeness.shared_words, ", "), page));
      list.push_back({{"reference", entry.reference},
                      {"title", entry.title},
                      {"answered", base::to_iso(entry.answered)},
                      {"page", page},
                      {"percent", likeness.percent},
                      {"word_for_word_percent", likeness.copied_percent},
                      {"shared_words", likeness.shared_words}});
      if (is_very_like(likeness)) add_prompts(incoming, entry);
    }
    return list;
  }

  void add_prompts(const Incoming& incoming, const publish::LogEntry& entry) {
    const auto days = (std::chrono::sys_days(incoming.received) - std::chrono::sys_days(entry.answered)).count();
    prompts_.push_back(fmt::format("{}: {} may already give this. If it does, for the same period, say so and give its address; else answer what is new.",
                                   accessible_already(incoming.regime), entry.reference));
    prompts_.push_back(fmt::format(
        "{}: only if the same person made the earlier request, it was complied with, and no reasonable interval has passed ({} was answered {} days before). "
        "The log does not know who asked.",
        repeated(incoming.regime), entry.reference, days));
  }

  Json listed(const Incoming& incoming, const std::vector<similar::ListedTitle>& titles, Console& console) {
    std::vector<similar::KnownText> known;
    std::vector<std::string> words;
    for (const similar::ListedTitle& one : titles) {
      known.push_back({one.title, {}});
      words.push_back(one.title);
    }
    Json list = Json::array();
    const auto found = similar::Comparison(known).closest(incoming.title, incoming.text, static_cast<std::size_t>(most_));
    console.print(found.empty() ? "\nNo title of the register shares a word of note with it.\n" : "\nTitles of the register, the closest first:\n");
    for (const similar::Likeness& likeness : found) {
      const similar::ListedTitle& one = titles[likeness.place];
      console.print(fmt::format("{:>5}%  {}{}{} {}\n", likeness.percent, one.reference, one.reference.empty() ? "" : "  ", one.title,
                                one.line == 0 ? std::string() : fmt::format(" (line {})", one.line)));
      list.push_back(
          {{"title", one.title}, {"reference", one.reference}, {"line", one.line}, {"percent", likeness.percent}, {"shared_words", likeness.shared_words}});
      if (one.line == 0 && is_very_like(likeness))
        prompts_.push_back(fmt::format("{}: the register has {} as published. If it gives this, for the same period, say so and give its address.",
                                       accessible_already(incoming.regime), one.reference));
    }
    const std::size_t sent = similar::times_sent(incoming.title, words);
    if (sent >= sent_often) prompts_.push_back(fmt::format("Round robin: the same title stands {} times in the register.", sent));
    return list;
  }

  Json other_cases(const Incoming& incoming, const std::vector<StoredCase>& stored, Console& console) {
    std::optional<request::Requester> who;
    if (!incoming.folder.empty())
      if (auto requester = request::load_requester(incoming.folder / "requester.toml")) who = std::move(*requester);
    std::vector<similar::KnownText> known;
    for (const StoredCase& one : stored) known.push_back({one.head.subject, one.text});
    const auto found = similar::Comparison(known).closest(incoming.title, incoming.text, static_cast<std::size_t>(most_));
    console.print(found.empty() ? "\nNo other case shares a word of note with it.\n" : "\nOther cases, the closest first:\n");
    Json list = Json::array();
    std::size_t copied = 0;
    for (const similar::Likeness& likeness : found) {
      const StoredCase& one = stored[likeness.place];
      const bool same = who && one.requester && is_same_person(*who, *one.requester);
      console.print(fmt::format("{:>5}%  {}  {} (received {}{})\n", likeness.percent, one.head.reference, one.head.subject, base::to_words(one.head.received),
                                same ? ", from the same person" : ""));
      list.push_back({{"reference", one.head.reference},
                      {"subject", one.head.subject},
                      {"received", base::to_iso(one.head.received)},
                      {"percent", likeness.percent},
                      {"word_for_word_percent", likeness.copied_percent},
                      {"same_person", same},
                      {"shared_words", likeness.shared_words}});
      copied += !same && likeness.copied_percent >= copied_percent_of_note ? 1 : 0;
      if (is_very_like(likeness)) add_prompts_of_case(incoming, one, same);
    }
    if (copied > 0)
      prompts_.push_back(
          fmt::format("Round robin or campaign: {} other {} much of the same wording and came from somebody else. Each is answered; whether they act "
                      "together is a person's finding.",
                      copied, copied == 1 ? "case has" : "cases have"));
    return list;
  }

  void add_prompts_of_case(const Incoming& incoming, const StoredCase& one, bool same) {
    const auto days = (std::chrono::sys_days(incoming.received) - std::chrono::sys_days(one.head.received)).count();
    if (same && days >= 0)  // the later of two repeats the earlier
      prompts_.push_back(
          fmt::format("{}: the same person asked {}, received {} days before. Only if that was complied with and no reasonable interval has passed.",
                      repeated(incoming.regime), one.head.reference, days));
    const auto added = law::read_aggregation(
        incoming.received, {{one.head.reference, one.head.received, same ? law::AskedBy::same_person : law::AskedBy::in_concert, true, {}}}, incoming.regime);
    if (added && !added->requests.empty() && added->requests.front().adds_up)
      prompts_.push_back(fmt::format("{}: {} came within sixty working days; its hours are added up if {}. candour cost reads them as [[earlier_request]].",
                                     added_up(incoming.regime), one.head.reference, same ? "it is on the like" : "the two act together"));
  }

  Json signs(const Incoming& incoming, Console& console) {
    Json list = Json::array();
    const auto found = similar::round_robin_signs(incoming.title + "\n" + incoming.text);
    if (!found.empty()) console.print("\nWording of a request that went to many authorities:\n");
    for (const similar::RoundRobinSign& sign : found) {
      console.print(fmt::format("  \"{}\": {}\n", sign.words, sign.why));
      list.push_back({{"words", sign.words}, {"why", sign.why}});
    }
    if (!found.empty())
      prompts_.push_back(
          "Round robin: others may have had the same request; what they publish can be compared with, or added to, what you publish. It is answered like any "
          "other.");
    return list;
  }

  Json prompts(Console& console) const {
    if (!prompts_.empty()) console.print("\nTo look at; nothing is decided here:\n");
    for (const std::string& prompt : prompts_) console.print("- " + prompt + "\n");
    return Json(prompts_);
  }

  std::filesystem::path request_;
  std::optional<std::filesystem::path> site_;
  std::optional<std::string> register_;
  std::optional<std::filesystem::path> cases_;
  std::int64_t most_ = 5;
  std::vector<std::string> prompts_;
};

}  // namespace

std::unique_ptr<Command> make_similar_command() { return std::make_unique<SimilarCommand>(); }

}  // namespace candour::cli
