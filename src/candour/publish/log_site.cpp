#include <candour/publish/log_site.hpp>

#include <candour/base/text.hpp>
#include <candour/publish/site/search_files.hpp>
#include <candour/publish/site/site_feeds.hpp>
#include <candour/publish/site/site_pages.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace candour::publish {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> folders_of_the_log{"assets", "browse", "find", "words"};

template <class T>
base::ResultOrErrors<T> as_errors(base::Result<T> result) {
  if (!result) return tl::make_unexpected(base::Errors{std::move(result).error()});
  return std::move(result).value();
}

bool is_file(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored);
}

// A file given on the command line, or the one that the log keeps.
std::optional<fs::path> given_or_kept(const std::optional<fs::path>& given, const fs::path& kept) {
  if (given) return given;
  return is_file(kept) ? std::optional(kept) : std::nullopt;
}

// Who publishes the log and where, as its last index says.
std::pair<std::string, std::string> identity_in_index(const fs::path& site) {
  if (!is_file(site / "index.json")) return {};
  const auto bytes = base::read_file(site / "index.json");
  return bytes ? identity_of(*bytes) : std::pair<std::string, std::string>();
}

base::ResultOrErrors<release::PageLook> look_of_pages(const fs::path& site, const LogFiles& files, const LogContents& contents) {
  release::PageLook look;
  if (const auto file = given_or_kept(files.authority, site / "authority.toml")) {
    CANDOUR_TRY(read, release::read_page_look(*file));
    look = std::move(read);
  }
  // Without an answer the log still knows from its last index who publishes it and where.
  const auto [publisher, address] =
      contents.entries.empty() ? identity_in_index(site) : std::pair(contents.entries.front().publisher, contents.entries.front().publisher_url);
  if (look.authority.empty()) look.authority = publisher.empty() ? "Published answers" : publisher;
  const bool has_address = address.starts_with("https://") || address.starts_with("http://");
  if (look.address.empty() && has_address) look.address = address + (address.ends_with('/') ? "" : "/");
  return look;
}

base::ResultOrErrors<std::optional<Statistics>> statistics_of(const fs::path& site, const LogFiles& files) {
  const auto file = given_or_kept(files.statistics, site / "statistics.json");
  if (!file) return std::optional<Statistics>();
  CANDOUR_TRY(statistics, as_errors(read_statistics(*file)));
  return std::optional(std::move(statistics));
}

/// All files of a log but its answers.
struct LogOutput {
  std::vector<base::FileToWrite> looked_at;  ///< pages, and lists for programs
  std::vector<base::FileToWrite> others;     ///< the same texts in forms that are not inspected (feeds, sitemap, search), style, scripts
};

LogOutput output_of(const SiteContents& site) {
  LogOutput output{site_pages(site), site_assets(site.look)};
  const bool has_address = !site.look.address.empty();
  if (has_address) {
    auto maps = sitemaps(site, output.looked_at);
    std::move(maps.begin(), maps.end(), std::back_inserter(output.others));
    output.others.push_back({"feed.atom", atom_feed(site)});
    output.looked_at.push_back({"feed.json", json_feed(site)});
  }
  output.looked_at.push_back({"index.json", index_json(site)});
  if (site.statistics) output.looked_at.push_back({"statistics.json", statistics_json(*site.statistics)});
  output.others.push_back({"checksums.txt", checksums(site.entries)});
  auto search = search_files(site.entries);
  std::move(search.begin(), search.end(), std::back_inserter(output.others));
  for (const Tombstone& stone : site.tombstones) {
    output.looked_at.push_back({fs::path(stone.folder) / "answer.html", tombstone_page(stone, site.look, site.licence)});
    output.looked_at.push_back({fs::path(stone.folder) / "removed.json", tombstone_json(stone)});
  }
  return output;
}

base::Result<base::Done> write_if_changed(const fs::path& file, const std::string& bytes) {
  const auto old = is_file(file) ? base::read_file(file) : base::Result<std::string>(std::string());
  if (old && *old == bytes) return base::Done{};
  return base::write_file_whole(file, bytes);
}

// Takes away what an earlier build wrote at the root and this one does not: nothing of an answer that is gone may stay in an old feed.
base::Result<base::Done> remove_stale(const fs::path& site, const std::set<std::string>& written) {
  std::error_code status;
  for (const auto& file : fs::directory_iterator(site, status)) {
    const std::string name = file.path().filename().string();
    const bool is_ours = name == "feed.atom" || name == "feed.json" || name == "statistics.html" || (name.starts_with("sitemap") && name.ends_with(".xml"));
    if (is_ours && !written.contains(name)) fs::remove(file.path(), status);
    if (status) break;
  }
  if (status)
    return base::fail({base::Cause::could_not_finish, "file.unwritable", {site.string()}, "an old file cannot be taken away: " + status.message(), {}});
  return base::Done{};
}

// The log's folders first, whole; then what stands at its root, so that no page leads to one that is not there yet.
base::Result<base::Done> write_output(const fs::path& site, LogOutput output) {
  std::map<std::string, base::FolderToWrite> folders;
  for (const std::string_view name : folders_of_the_log) folders[std::string(name)] = {site / name, base::FolderAccess::everyone, {}};
  std::vector<base::FileToWrite> at_root;
  for (auto* files : {&output.looked_at, &output.others}) {
    for (base::FileToWrite& file : *files) {
      const auto folder = folders.find(file.path.begin()->string());
      if (folder == folders.end()) at_root.push_back(std::move(file));
      else folder->second.files.push_back({file.path.lexically_relative(folder->first), std::move(file.bytes)});
    }
  }
  std::vector<base::FolderToWrite> list;
  for (auto& [name, folder] : folders) list.push_back(std::move(folder));
  CANDOUR_TRY_DONE(base::replace_folders_whole(list));
  std::set<std::string> written;
  for (const base::FileToWrite& file : at_root) {
    CANDOUR_TRY_DONE(write_if_changed(site / file.path, file.bytes));
    written.insert(file.path.string());
  }
  return remove_stale(site, written);
}

base::Result<base::Done> keep_given_files(const fs::path& site, const LogFiles& files) {
  if (!files.authority || *files.authority == site / "authority.toml") return base::Done{};
  CANDOUR_TRY(bytes, base::read_file(*files.authority));
  return write_if_changed(site / "authority.toml", bytes);
}

std::size_t html_count(const std::vector<base::FileToWrite>& files) {
  return static_cast<std::size_t>(std::count_if(files.begin(), files.end(), [](const base::FileToWrite& file) { return file.path.extension() == ".html"; }));
}

}  // namespace

base::ResultOrErrors<BuiltLog> build_log(const fs::path& site, const LogFiles& files, const LastLook& look) {
  BuiltLog built;
  CANDOUR_TRY(contents, as_errors(read_log(site)));
  built.contents = std::move(contents);
  CANDOUR_TRY(page_look, look_of_pages(site, files, built.contents));
  CANDOUR_TRY(statistics, statistics_of(site, files));
  const SiteIndex index = index_of(built.contents.entries);
  const LogEntry* newest = built.contents.entries.empty() ? nullptr : &built.contents.entries.front();
  const bool has_licence = newest != nullptr && !newest->licence.empty();
  LogOutput output = output_of({built.contents.entries, built.contents.tombstones, index, page_look, statistics,
                                newest == nullptr ? std::string() : newest->publisher_url, has_licence ? newest->licence : "Open Government Licence v3.0"});
  CANDOUR_TRY_DONE(as_errors(look(output.looked_at)));
  built.page_count = html_count(output.looked_at) + built.contents.entries.size();
  CANDOUR_TRY_DONE(as_errors(write_output(site, std::move(output))));
  CANDOUR_TRY_DONE(as_errors(keep_given_files(site, files)));
  if (page_look.address.empty())
    built.notes.push_back("feeds and sitemap are left out: no address of the log is known; give it in the authority's file, [pages] address");
  return built;
}

base::ResultOrErrors<std::string> add_to_log(const fs::path& site, const StandingFiles& files, std::span<const release::Approval> approvals,
                                             const LastLook& look) {
  const auto fail = [](base::Error error) { return tl::make_unexpected(base::Errors{std::move(error)}); };
  if (publication_standing(files, approvals) != PublicationStanding::final) {
    return fail({base::Cause::refused,
                 "publish.not_approved",
                 {},
                 "this answer is not approved by two people, or was changed since",
                 "candour approve CASE --as NAME --role preparer|approver"});
  }
  const auto entry_file = std::find_if(files.shown.log.begin(), files.shown.log.end(), [](const base::FileToWrite& file) { return file.path == "entry.json"; });
  const auto entry = entry_file == files.shown.log.end() ? std::nullopt : parse_entry(entry_file->bytes);
  if (!entry) return fail(bad_entry("public/entry.json"));
  if (std::find(folders_of_the_log.begin(), folders_of_the_log.end(), entry->folder) != folders_of_the_log.end()) {
    return fail({base::Cause::wrong_input,
                 "log.reserved_name",
                 {site.string()},
                 "the log has a part of its own with the name of this reference",
                 "give the case another reference"});
  }
  CANDOUR_TRY_DONE(as_errors(look(files.shown.log)));
  CANDOUR_TRY_DONE(as_errors(base::replace_folders_whole({{site / entry->folder, base::FolderAccess::everyone, files.shown.log}})));
  CANDOUR_TRY(built, build_log(site, {}, look));
  return entry->folder;
}

base::ResultOrErrors<base::Done> remove_from_log(const fs::path& site, const std::string& reference, const std::string& reason, const LastLook& look) {
  const auto fail = [](base::Error error) { return tl::make_unexpected(base::Errors{std::move(error)}); };
  const std::string folder = folder_of_reference(reference);
  if (folder.empty() || !is_file(site / folder / "entry.json")) {
    return fail({base::Cause::wrong_input,
                 "log.unknown_reference",
                 {site.string()},
                 "the log has no answer with this reference",
                 "candour log build lists what it has"});
  }
  if (base::trimmed(reason).empty()) {
    return fail({base::Cause::wrong_input,
                 "log.no_reason",
                 {},
                 "an answer is taken out for a reason that everybody can read",
                 "--reason \"a figure in table 2 was wrong\""});
  }
  const Tombstone stone{folder, reference, base::today(), std::string(base::trimmed(reason))};
  const std::vector<base::FileToWrite> left{{"removed.json", tombstone_json(stone)}};
  CANDOUR_TRY_DONE(as_errors(look(left)));
  CANDOUR_TRY_DONE(as_errors(base::replace_folders_whole({{site / folder, base::FolderAccess::everyone, left}})));
  CANDOUR_TRY(built, build_log(site, {}, look));
  return base::Done{};
}

}  // namespace candour::publish
