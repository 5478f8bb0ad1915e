#include <candour/casework/case_journal.hpp>

#include <candour/base/files.hpp>
#include <candour/base/letters.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/case_head.hpp>
#include <candour/casework/intake/pattern.hpp>
#include <candour/casework/store/log_file.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

store::LogFile file_of(const fs::path& folder) { return store::LogFile(folder / "journal.jsonl"); }
fs::path marker_of(const fs::path& folder) { return folder / "journal.in-database"; }

base::Error wrong(const char* code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, code, {}, std::move(sentence), std::move(hint)};
}

bool is_word(const std::string& kind) {
  return !kind.empty() && std::ranges::all_of(kind, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

/// The journal is read by many and kept for long: who asked stands in requester.toml alone.
bool repeats_requester(const fs::path& folder, const Happening& happening) {
  std::error_code status;
  if (!fs::exists(folder / "requester.toml", status)) return false;
  const auto requester = request::load_requester(folder / "requester.toml");
  if (!requester) return false;
  std::string text = happening.why;
  for (const auto& [name, value] : happening.facts) text += "\n" + value;
  const std::u32string folded = base::folded(text);
  for (const std::string& secret : {requester->name, requester->address})
    if (base::trimmed(secret).size() >= 4 && folded.find(base::folded(secret)) != std::u32string::npos) return true;
  return false;
}

/// What looks like a person's own: an e-mail address, a telephone, National Insurance or NHS number, a date of birth. Officers' words only; facts are ours.
bool names_a_person(const std::string& words) {
  static const intake::Pattern personal(
      "[a-z0-9._%+-]+@[a-z0-9-]+[.][a-z]|\\b0[0-9]{9,10}\\b|\\b0[0-9]{2,4} [0-9]{3,4} ?[0-9]{3,4}\\b|[+]44[ 0-9]|\\b[a-z]{2} ?[0-9]{2} ?[0-9]{2} "
      "?[0-9]{2} ?[a-d]\\b|"
      "\\b[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}\\b|\\b(?:born|d\\.?o\\.?b\\.?:?) (?:on )?[0-9]");
  return personal.in(words);
}

base::Result<store::NewEntry> entry_of(const fs::path& folder, const std::string& reference, const Happening& happening) {
  if (base::trimmed(happening.by).empty())
    return base::fail(wrong("journal.no_name", "an entry of the journal needs the name of a person", "give it with --as NAME"));
  if (!is_word(happening.kind) || !happening.on.ok())
    return base::fail(wrong("journal.malformed", fmt::format("'{}' is not the name of something that happens to a case", happening.kind), {}));
  if (repeats_requester(folder, happening))
    return base::fail(wrong("journal.requester", "the entry repeats the name or the address of the requester",
                            "say \"the requester\"; who that is stands in requester.toml"));
  if (names_a_person(happening.why))
    return base::fail(
        wrong("journal.personal", "the entry holds what looks like a person's address or number", "the journal says nothing about people: say it without"));
  Json body;
  body["on"] = base::to_iso(happening.on);
  body["by"] = happening.by;
  if (!happening.why.empty()) body["why"] = happening.why;
  for (const auto& [name, value] : happening.facts) body["facts"][name] = value;
  const std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return store::NewEntry{reference, happening.kind, text};
}

base::Result<Recorded> recorded_of(const store::Entry& entry, const std::string& name) {
  const Json body = Json::parse(entry.body, nullptr, false);
  const auto text = [&](const char* key) {
    return body.is_object() && body.contains(key) && body[key].is_string() ? body[key].get<std::string>() : std::string();
  };
  const auto on = base::parse_iso_date(text("on"));
  if (!on) return base::fail(store::damaged_log(name, {entry.sequence, "the entry is none of a case"}));
  Recorded recorded{{entry.kind, *on, text("by"), text("why"), {}}, entry.sequence, entry.at, entry.digest};
  if (body.contains("facts") && body["facts"].is_object())
    for (const auto& [key, value] : body["facts"].items())
      if (value.is_string()) recorded.happening.facts.emplace_back(key, value.get<std::string>());
  return recorded;
}

base::Result<std::vector<Recorded>> all_recorded(const std::vector<store::Entry>& entries, const std::string& name) {
  std::vector<Recorded> all;
  for (const store::Entry& entry : entries) {
    CANDOUR_TRY(recorded, recorded_of(entry, name));
    all.push_back(std::move(recorded));
  }
  return all;
}

}  // namespace

const store::ChainedLog& case_log() {
  static const store::ChainedLog log("case_log");
  return log;
}

base::Result<CaseJournal> CaseJournal::open(const fs::path& case_folder, const std::optional<std::string>& place) {
  return CaseJournals(place).of(case_folder);
}

base::Result<CaseJournal> CaseJournals::of(const fs::path& case_folder) {
  CANDOUR_TRY(head, read_case_head(case_folder));
  std::error_code status;
  const bool has_file = fs::exists(file_of(head.folder).file(), status);
  const bool has_marker = fs::exists(marker_of(head.folder), status);
  if (has_file || (!has_marker && !place_)) return CaseJournal(head.folder, head.reference, nullptr);
  if (!place_)
    return base::fail(
        wrong("journal.elsewhere", fmt::format("the journal of {} is kept in a database", head.reference), "name it with --database or CANDOUR_DATABASE"));
  if (!database_) {
    CANDOUR_TRY(opened, store::open_database(*place_));
    CANDOUR_TRY_DONE(store::bring_up_to_date(*opened, case_log().schema()));
    database_ = std::move(opened);
  }
  return CaseJournal(head.folder, head.reference, database_);
}

std::string CaseJournal::name() const { return database_ ? database_->name() + "#" + case_log().table() : file_of(folder_).file().string(); }

base::Result<std::vector<Recorded>> CaseJournal::record(const std::vector<Happening>& happenings) {
  std::vector<store::NewEntry> entries;
  for (const Happening& happening : happenings) {
    CANDOUR_TRY(entry, entry_of(folder_, reference_, happening));
    entries.push_back(std::move(entry));
  }
  if (!database_) {
    CANDOUR_TRY(added, file_of(folder_).append_all(std::move(entries)));
    return all_recorded(added, name());
  }
  std::error_code status;
  if (!fs::exists(marker_of(folder_), status)) CANDOUR_TRY_DONE(base::write_file_whole(marker_of(folder_), database_->name() + "\n"));
  CANDOUR_TRY(added, store::in_transaction(*database_, store::Access::writing, [&](store::Transaction& transaction) -> base::Result<std::vector<store::Entry>> {
                std::vector<store::Entry> made;
                for (store::NewEntry& entry : entries) {
                  CANDOUR_TRY(one, case_log().append(transaction, std::move(entry)));
                  made.push_back(std::move(one));
                }
                return made;
              }));
  return all_recorded(added, name());
}

base::Result<std::vector<Recorded>> CaseJournal::read() const {
  if (!database_) {
    CANDOUR_TRY(entries, file_of(folder_).read());
    return all_recorded(entries, name());
  }
  CANDOUR_TRY(entries, store::in_transaction(*database_, store::Access::reading,
                                             [&](store::Transaction& transaction) { return case_log().read(transaction, reference_); }));
  return all_recorded(entries, name());
}

base::Result<store::ChainVerdict> CaseJournal::verify(const std::optional<store::Head>& noted) const {
  if (!database_) return file_of(folder_).verify(noted);
  return store::in_transaction(*database_, store::Access::reading, [&](store::Transaction& transaction) { return case_log().verify(transaction, noted); });
}

}  // namespace candour::casework
