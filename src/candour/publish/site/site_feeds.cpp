#include <candour/publish/site/site_feeds.hpp>

#include <candour/formats/xml_writer.hpp>
#include <candour/publish/site/site_frame.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::publish {
namespace {

using Json = nlohmann::ordered_json;
using formats::XmlWriter;

constexpr std::size_t most_addresses = 50'000;

std::string midnight(base::Date date) { return base::to_iso(date) + "T00:00:00Z"; }

// The newest day on which something changed; the same contents give the same bytes.
base::Date last_change(const SiteContents& site) {
  base::Date last = site.entries.empty() ? base::Date{std::chrono::year{1970}, std::chrono::January, std::chrono::day{1}} : site.entries.front().answered;
  for (const Tombstone& stone : site.tombstones) last = std::max(last, stone.removed);
  return last;
}

std::span<const LogEntry> newest(const SiteContents& site) { return {site.entries.data(), std::min(entries_in_a_feed, site.entries.size())}; }

std::string summary_of(const LogEntry& entry) {
  const std::string gist = gist_of(entry);
  return fmt::format("{}. Reference {}.{}{}", label_of_outcome(entry.outcome), entry.reference, gist.empty() ? "" : " The request begins: ", gist);
}

void append_entry(XmlWriter& xml, const SiteContents& site, const LogEntry& entry) {
  const std::string address = site.look.address + address_of(entry);
  xml.open("entry").element("id", address).element("title", entry.title);
  xml.element("updated", midnight(entry.answered)).element("published", midnight(entry.answered));
  xml.open("link").attribute("rel", "alternate").attribute("type", "text/html").attribute("href", address).close();
  xml.open("link")
      .attribute("rel", "related")
      .attribute("type", "application/json")
      .attribute("href", site.look.address + entry.folder + "/entry.json")
      .close();
  xml.open("category").attribute("term", entry.outcome).attribute("label", label_of_outcome(entry.outcome)).close();
  for (const std::string& section : sections_of(entry)) xml.open("category").attribute("term", section).close();
  xml.element("summary", summary_of(entry)).close();
}

std::string address_set(const SiteContents& site, std::span<const std::string> paths) {
  XmlWriter xml;
  xml.open("urlset").attribute("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
  for (const std::string& path : paths) xml.open("url").element("loc", site.look.address + path).close();
  xml.close();
  return xml.finish();
}

}  // namespace

std::string atom_feed(const SiteContents& site) {
  const std::string& address = site.look.address;
  XmlWriter xml;
  xml.open("feed")
      .attribute("xmlns", "http://www.w3.org/2005/Atom")
      .attribute("xmlns:at", "http://purl.org/atompub/tombstones/1.0")
      .attribute("xml:lang", "en-GB");
  xml.element("id", address).element("title", site.look.authority + ": answers published").element("updated", midnight(last_change(site)));
  xml.open("link").attribute("rel", "self").attribute("type", "application/atom+xml").attribute("href", address + "feed.atom").close();
  xml.open("link").attribute("rel", "alternate").attribute("type", "text/html").attribute("href", address).close();
  xml.open("author").element("name", site.look.authority).close();
  xml.element("rights", site.licence);
  for (const LogEntry& entry : newest(site)) append_entry(xml, site, entry);
  for (const Tombstone& stone : site.tombstones) {
    xml.open("at:deleted-entry").attribute("ref", address + stone.folder + "/answer.html").attribute("when", midnight(stone.removed));
    xml.element("at:comment", stone.reason).close();
  }
  xml.close();
  return xml.finish();
}

std::string json_feed(const SiteContents& site) {
  const std::string& address = site.look.address;
  Json feed{{"version", "https://jsonfeed.org/version/1.1"},
            {"title", site.look.authority + ": answers published"},
            {"home_page_url", address},
            {"feed_url", address + "feed.json"},
            {"language", "en-GB"},
            {"authors", Json::array({Json{{"name", site.look.authority}}})}};
  Json items = Json::array();
  for (const LogEntry& entry : newest(site)) {
    Json tags = Json::array({entry.outcome});
    for (const std::string& section : sections_of(entry)) tags.push_back(section);
    const std::string url = address + address_of(entry);
    items.push_back(
        {{"id", url}, {"url", url}, {"title", entry.title}, {"content_text", summary_of(entry)}, {"date_published", midnight(entry.answered)}, {"tags", tags}});
  }
  feed["items"] = items;
  return feed.dump(2) + "\n";
}

std::string index_json(const SiteContents& site) {
  Json answers = Json::array(), removed = Json::array();
  for (const LogEntry& entry : site.entries) {
    answers.push_back({{"address", address_of(entry)},
                       {"reference", entry.reference},
                       {"title", entry.title},
                       {"answered", base::to_iso(entry.answered)},
                       {"outcome", entry.outcome},
                       {"provisions", entry.provisions},
                       {"sha256", entry.digest}});
  }
  for (const Tombstone& stone : site.tombstones) {
    removed.push_back(
        {{"address", stone.folder + "/answer.html"}, {"reference", stone.reference}, {"removed", base::to_iso(stone.removed)}, {"reason", stone.reason}});
  }
  Json index{{"publisher", site.look.authority}, {"licence", site.licence}};
  if (!site.look.address.empty()) index["url"] = site.look.address;
  index["answers"] = answers;
  if (!removed.empty()) index["taken_out"] = removed;
  return index.dump(2) + "\n";
}

std::pair<std::string, std::string> identity_of(const std::string& index) {
  const Json json = Json::parse(index, nullptr, false);
  const auto text = [&](const char* name) {
    return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
  };
  return {text("publisher"), text("url")};
}

std::string checksums(const std::vector<LogEntry>& entries) {
  std::string lines;
  for (const LogEntry& entry : entries) lines += fmt::format("{}  {}/entry.json\n", entry.digest, entry.folder);
  return lines;
}

std::vector<base::FileToWrite> sitemaps(const SiteContents& site, std::span<const base::FileToWrite> pages) {
  std::vector<std::string> paths;
  for (const base::FileToWrite& page : pages) paths.push_back(page.path.generic_string());
  for (const LogEntry& entry : site.entries) paths.push_back(address_of(entry));
  if (paths.size() <= most_addresses) return {{"sitemap.xml", address_set(site, paths)}};
  std::vector<base::FileToWrite> files;
  XmlWriter xml;
  xml.open("sitemapindex").attribute("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
  for (std::size_t begin = 0; begin < paths.size(); begin += most_addresses) {
    const std::string name = fmt::format("sitemap-{}.xml", files.size() + 1);
    files.push_back({name, address_set(site, std::span(paths).subspan(begin, std::min(most_addresses, paths.size() - begin)))});
    xml.open("sitemap").element("loc", site.look.address + name).close();
  }
  xml.close();
  files.push_back({"sitemap.xml", xml.finish()});
  return files;
}

}  // namespace candour::publish
