#include <candour/inspect/package/open_package.hpp>

#include <candour/base/text.hpp>
#include <candour/inspect/package/container.hpp>
#include <candour/inspect/package/rule_scanner.hpp>

#include <algorithm>
#include <set>

namespace candour::inspect {
namespace {

using base::Done;
using base::Error;
using base::fail;
using base::Result;

constexpr std::string_view content_types_name = "[content_types].xml";

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash + 1));
}

/// Gives the name of the file that holds a part's relationships; for the package itself the part is "".
std::string relationships_name(std::string_view part) {
  const std::string folder = folder_of(part);
  return folder + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    out += is_code ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    if (is_code) i += 2;
  }
  return out;
}

/// Resolves a target against the folder of its source: no leading '/', no "." or "..".
std::string resolved(std::string_view folder, std::string_view target) {
  target = target.substr(0, target.find('#'));
  const std::string full = percent_decoded(!target.empty() && target.front() == '/' ? std::string(target) : std::string(folder) + std::string(target));
  std::vector<std::string> kept;
  for (auto& part : base::split(full, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") kept.push_back(std::move(part));
    else if (!kept.empty()) kept.pop_back();
  }
  return base::joined(kept, "/");
}

std::string last_word(std::string_view type) { return std::string(type.substr(type.rfind('/') + 1)); }

/// Stops after the root element.
class RootFinder : public formats::XmlHandler {
 public:
  std::string root;
  void on_start(std::string_view name, const formats::XmlAttributes&) override {
    if (root.empty()) root = name;
  }
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}
};

bool may_be_xml(std::string_view head) {
  if (head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF") return true;  // UTF-16
  if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '<';
}

}  // namespace

bool is_open_package(const formats::ZipSurvey& survey) {
  return std::any_of(survey.entries.begin(), survey.entries.end(), [](const auto& entry) { return folded_name(entry.name) == content_types_name; });
}

Result<std::unique_ptr<OpenPackage>> OpenPackage::open(formats::ByteSource source, Inspection& inspection) {
  CANDOUR_TRY(archive, formats::ZipReader::open(std::move(source), inspection.limits().archive));
  std::unique_ptr<OpenPackage> package(new OpenPackage(std::move(archive), inspection));
  note_container(package->archive_.survey(), inspection);
  package->list_parts();
  package->read_content_types();
  package->follow_relationships();
  return package;
}

void OpenPackage::list_parts() {
  const auto& entries = archive_.survey().entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string folded = folded_name(entries[i].name);
    if (entries[i].is_folder()) continue;
    if (folded == content_types_name) content_types_entry_ = i;
    else if (folded.ends_with(".rels") && (folded.starts_with("_rels/") || folded.find("/_rels/") != std::string::npos))
      relationship_entries_.emplace(folded, i);
    else {
      by_name_.emplace(folded, parts_.size());
      parts_.push_back({i, entries[i].name, {}, {}, {}, {}, false});
    }
  }
}

PackagePart* OpenPackage::find(std::string_view name) {
  const auto at = by_name_.find(folded_name(name));
  return at == by_name_.end() ? nullptr : &parts_[at->second];
}

void OpenPackage::read_content_types() {
  const PackagePart part{content_types_entry_, archive_.survey().entries[content_types_entry_].name, {}, {}, {}, {}, false};
  const auto tree = read_tree(part);
  if (!tree) return inspection_.gap(inspection_.place(part.name), tree.error());
  std::map<std::string, std::string> defaults;
  for (const auto& node : (*tree)->child("ct:Types").children("ct:Default"))
    defaults[folded_name(node.attribute("Extension").value())] = node.attribute("ContentType").value();
  for (auto& each : parts_) {
    const auto kind = defaults.find(folded_name(std::string_view(each.name).substr(each.name.rfind('.') + 1)));
    if (kind != defaults.end()) each.content_type = kind->second;
  }
  for (const auto& node : (*tree)->child("ct:Types").children("ct:Override")) {
    if (PackagePart* named = find(resolved("", node.attribute("PartName").value()))) named->content_type = node.attribute("ContentType").value();
  }
  RuleScanner scanner({}, inspection_, inspection_.place(part.name));
  if (const auto done = read_xml(part, scanner); !done) inspection_.gap(inspection_.place(part.name), done.error());
}

std::vector<Relationship> OpenPackage::relationships_of(std::string_view part_name) {
  const auto at = relationship_entries_.find(folded_name(relationships_name(part_name)));
  if (at == relationship_entries_.end()) return {};
  const PackagePart part{at->second, archive_.survey().entries[at->second].name, {}, {}, {}, {}, false};
  relationship_entries_.erase(at);
  std::vector<Relationship> out;
  const auto tree = read_tree(part);
  if (!tree) {
    inspection_.gap(inspection_.place(part.name), tree.error());
    return out;
  }
  for (const auto& node : (*tree)->child("rel:Relationships").children("rel:Relationship")) {
    Relationship relationship{node.attribute("Id").value(), last_word(node.attribute("Type").value()), node.attribute("Target").value(), false};
    relationship.is_external = std::string_view(node.attribute("TargetMode").value()) == "External";
    if (!relationship.is_external) relationship.target = resolved(folder_of(part_name), relationship.target);
    out.push_back(std::move(relationship));
  }
  RuleScanner scanner({}, inspection_, inspection_.place(part.name));
  if (const auto done = read_xml(part, scanner); !done) inspection_.gap(inspection_.place(part.name), done.error());
  return out;
}

void OpenPackage::reach(const std::vector<Relationship>& relationships, std::vector<std::size_t>& waiting) {
  for (const auto& relationship : relationships) {
    PackagePart* part = relationship.is_external ? nullptr : find(relationship.target);
    if (part == nullptr) continue;
    if (part->reached_as.empty()) waiting.push_back(static_cast<std::size_t>(part - parts_.data()));
    if (std::find(part->reached_as.begin(), part->reached_as.end(), relationship.type) == part->reached_as.end()) part->reached_as.push_back(relationship.type);
  }
}

void OpenPackage::follow_relationships() {
  std::vector<std::size_t> waiting;
  package_relationships_ = relationships_of("");
  reach(package_relationships_, waiting);
  const auto drain = [&] {
    while (!waiting.empty()) {
      const std::size_t index = waiting.back();
      waiting.pop_back();
      parts_[index].relationships = relationships_of(parts_[index].name);
      reach(parts_[index].relationships, waiting);
    }
  };
  drain();
  for (auto& part : parts_) {
    // What nothing points to is inspected like the rest, with all that it points to.
    if (!part.reached_as.empty()) continue;
    inspection_.at(FindingKind::unreached_part, inspection_.place(part.name)).add("part", "", archive_.survey().entries[part.entry].size);
    part.relationships = relationships_of(part.name);
  }
  for (const auto& [name, entry] : relationship_entries_) {
    const auto& zip_entry = archive_.survey().entries[entry];
    inspection_.at(FindingKind::unreached_part, inspection_.place(zip_entry.name)).add("relationships of no part", "", zip_entry.size);
  }
  for (auto& part : parts_) part.root = root_of(part);
}

std::string OpenPackage::root_of(const PackagePart& part) const {
  RootFinder finder;
  formats::XmlReader reader(finder, inspection_.limits().xml);
  bool is_first = true;
  const auto seen = archive_.stream(part.entry, [&](std::string_view piece) -> Result<Done> {
    const Error enough{base::Cause::could_not_finish, "package.enough", {}, {}, {}};
    if (is_first && !may_be_xml(piece)) return fail(enough);
    is_first = false;
    CANDOUR_TRY_DONE(reader.feed(piece));
    if (!finder.root.empty()) return fail(enough);
    return Done{};
  });
  return finder.root;
}

PackagePart* OpenPackage::target_of(const Relationship& relationship) { return relationship.is_external ? nullptr : find(relationship.target); }

PackagePart* OpenPackage::target_of(const PackagePart& from, std::string_view relationship_id) {
  for (const auto& relationship : from.relationships) {
    if (relationship.id == relationship_id) return target_of(relationship);
  }
  return nullptr;
}

PackagePart* OpenPackage::target_with_root(const PackagePart& from, std::string_view root) {
  for (const auto& relationship : from.relationships) {
    PackagePart* part = target_of(relationship);
    if (part != nullptr && part->root == root) return part;
  }
  return nullptr;
}

Result<Done> OpenPackage::stream(const PackagePart& part, const formats::ChunkSink& sink) const { return archive_.stream(part.entry, sink); }
Result<std::string> OpenPackage::read(const PackagePart& part) const { return archive_.read(part.entry, inspection_.limits().most_part_bytes); }

Result<Done> OpenPackage::read_xml(const PackagePart& part, formats::XmlHandler& handler) const {
  formats::XmlReader reader(handler, inspection_.limits().xml);
  CANDOUR_TRY_DONE(archive_.stream(part.entry, [&](std::string_view piece) { return reader.feed(piece); }));
  return reader.finish();
}

Result<std::unique_ptr<pugi::xml_document>> OpenPackage::read_tree(const PackagePart& part) const {
  CANDOUR_TRY(bytes, archive_.read(part.entry, std::min<std::uint64_t>(inspection_.limits().most_part_bytes, std::uint64_t{16} << 20)));
  return formats::read_xml_tree(bytes, inspection_.limits().xml);
}

}  // namespace candour::inspect
