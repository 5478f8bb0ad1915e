#include <candour/casework/new_case.hpp>

#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/case_journal.hpp>
#include <candour/casework/intake/draft.hpp>

#include <fmt/format.h>

#include <stdlib.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;

base::Error wrong(const char* code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, code, {}, std::move(sentence), std::move(hint)};
}

base::Error unwritable(const fs::path& path, int number) {
  return {base::Cause::could_not_finish, "file.unwritable", {path.string()}, fmt::format("it cannot be made: {}", std::strerror(number)), {}};
}

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 32 || c == 127 ? ' ' : c;
  }
  return out + "\"";
}

/// A folder aside that goes away unless it was put in place.
class FolderAside {
 public:
  static base::Result<FolderAside> in(const fs::path& parent) {
    std::error_code status;
    fs::create_directories(parent, status);
    std::string name = (parent / ".new-case-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return base::fail(unwritable(parent, errno));
    return FolderAside(name);
  }
  FolderAside(FolderAside&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  FolderAside& operator=(FolderAside&&) = delete;
  ~FolderAside() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }
  /// Gives false where the place is taken: a folder is never renamed over another one that holds anything.
  [[nodiscard]] base::Result<bool> put_at(const fs::path& target) {
    if (std::rename(path_.c_str(), target.c_str()) == 0) {
      path_.clear();
      return true;
    }
    if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR) return false;
    return base::fail(unwritable(target, errno));
  }

 private:
  explicit FolderAside(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

/// What a killed run left aside holds the requester too: after a day it goes. A younger one can be another officer's, at work.
void clear_old_folders_aside(const fs::path& cases) {
  std::error_code status;
  std::vector<fs::path> old;
  for (fs::directory_iterator each(cases, status), end; !status && each != end; each.increment(status)) {
    std::error_code unknown;
    const auto changed = fs::last_write_time(each->path(), unknown);
    const bool is_old = !unknown && fs::file_time_type::clock::now() - changed > std::chrono::hours{24};
    if (each->path().filename().string().starts_with(".new-case-") && is_old) old.push_back(each->path());
  }
  for (const fs::path& each : old) fs::remove_all(each, status);
}

bool is_folder_name(const std::string& reference) {
  return !reference.empty() && reference.size() <= 100 && !reference.starts_with('.') &&
         std::ranges::all_of(reference, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
}

/// The first number of the year that no folder has.
int first_free(const fs::path& cases, const std::string& pattern, base::Date received) {
  std::error_code status;
  int number = 1;
  while (number < 1'000'000 && fs::exists(cases / reference_of(pattern, received, number), status)) ++number;
  return number;
}

base::Result<base::Done> record_receipt(const fs::path& folder, const NewCaseOrder& order, const NewCase& made, const base::Digest& digest) {
  CANDOUR_TRY(journal, CaseJournal::open(folder, order.database));
  std::vector<std::string> codes;
  for (const intake::Prompt& prompt : made.proposal.prompts) codes.push_back(prompt.code);
  Happening received{
      "received", made.received, order.opened_by, {}, {{"letter", digest.to_hex()}, {"questions", fmt::format("{}", made.proposal.questions.size())}}};
  if (!codes.empty()) received.facts.emplace_back("prompts", base::joined(codes, " "));
  CANDOUR_TRY_DONE(journal.record({received}));
  return base::Done{};
}

base::Result<base::Done> fill(const fs::path& folder, const NewCaseOrder& order, const intake::Letter& letter, const NewCase& made,
                              const base::Digest& digest) {
  const intake::DraftHead head{made.reference, made.received, order.received.has_value(), order.office};
  CANDOUR_TRY_DONE(base::write_file_whole(folder / "request.txt", letter.body));
  const auto line = [](const char* key, const std::string& value) {
    return value.empty() ? fmt::format("# {} = \"\"   not found in the letter\n", key) : fmt::format("{} = {}\n", key, toml_text(value));
  };
  const std::string requester = "# Who asked. Read only for the letter; nothing of it goes into the journal, to the analyst or to the disclosure log.\n" +
                                line("name", letter.sender.name) + line("address", letter.sender.address);
  CANDOUR_TRY_DONE(base::write_file_whole(folder / "requester.toml", requester, base::FileAccess::owner_only));
  CANDOUR_TRY_DONE(base::write_file_whole(folder / "case.toml", draft_of(made.proposal, head)));
  // In a folder the first entry appears with it; a database learns of the case once its reference is settled, and until then the folder says where to look.
  if (!order.database) return record_receipt(folder, order, made, digest);
  CANDOUR_TRY(database, store::open_database(*order.database));
  return base::write_file_whole(folder / "journal.in-database", database->name() + "\n");
}

base::Result<bool> is_mail(const fs::path& letter) {
  std::string kind = letter.extension().string();
  std::ranges::transform(kind, kind.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (kind == ".eml") return true;
  if (kind == ".txt") return false;
  return base::fail(wrong("case.letter_kind", fmt::format("'{}' is neither .txt nor .eml", letter.filename().string()),
                          "save the letter's text as .txt, or the message as .eml"));
}

}  // namespace

base::Result<NewCase> open_new_case(const NewCaseOrder& order) {
  if (base::trimmed(order.opened_by).empty()) return base::fail(wrong("case.no_name", "a case is opened by a person", "give the name with --as NAME"));
  CANDOUR_TRY(mail, is_mail(order.letter));
  CANDOUR_TRY(bytes, base::read_file(order.letter));
  auto letter = intake::read_letter(bytes, mail);
  if (!letter) {
    base::Error error = std::move(letter).error();
    error.place.file = order.letter.string();
    return base::fail(std::move(error));
  }
  NewCase made;
  made.received = order.received ? *order.received : letter->sent ? *letter->sent : base::today();
  made.proposal = intake::propose(*letter, made.received);
  made.cut = letter->cut;
  made.has_requester = !letter->sender.name.empty() || !letter->sender.address.empty();
  if (order.reference && !is_folder_name(*order.reference))
    return base::fail(
        wrong("case.reference", fmt::format("'{}' is no reference, expected letters, digits, hyphens, dots and underscores", *order.reference), {}));
  clear_old_folders_aside(order.cases);
  const std::string pattern = order.office ? order.office->reference_pattern : Office{}.reference_pattern;
  for (int tries = 0; tries < 1000; ++tries) {
    made.reference = order.reference ? *order.reference : reference_of(pattern, made.received, first_free(order.cases, pattern, made.received));
    made.folder = order.cases / made.reference;
    CANDOUR_TRY(aside, FolderAside::in(order.cases));
    CANDOUR_TRY_DONE(fill(aside.path(), order, *letter, made, base::digest_of(bytes)));
    std::error_code status;
    fs::permissions(aside.path(), fs::perms(0755), status);
    CANDOUR_TRY(placed, aside.put_at(made.folder));
    if (placed && order.database) CANDOUR_TRY_DONE(record_receipt(made.folder, order, made, base::digest_of(bytes)));
    if (placed) return made;
    if (order.reference) break;
  }
  return base::fail(wrong("case.exists", fmt::format("there is a case {} already", made.reference), "give another reference, or none"));
}

}  // namespace candour::casework
