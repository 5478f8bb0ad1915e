#pragma once
// An Office Open XML package: parts that reach each other through relationships, whatever their names.

#include <candour/formats/xml_tree.hpp>
#include <candour/formats/zip_reader.hpp>
#include <candour/inspect/inspection.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace candour::inspect {

/// One arrow from a part (or from the package) to a part or to the outside.
struct Relationship {
  std::string id;
  std::string type;    ///< last word of the type's address, such as "worksheet"
  std::string target;  ///< normalised part name, or the address outside
  bool is_external = false;
};

/// One part.
struct PackagePart {
  std::size_t entry = 0;  ///< index in the archive
  std::string name;       ///< without a leading '/'
  std::string content_type;
  std::string root;  ///< canonical name of the root element; empty where the part is no XML
  std::vector<Relationship> relationships;
  std::vector<std::string> reached_as;  ///< relationship types that lead here
  bool is_inspected = false;
};

/// An open package.
class OpenPackage {
 public:
  /// Reads the directory, the content types and the relationships that can be reached from the package's own. Relationship files and the content
  /// types are inspected on the way (comments, instructions). Parts that cannot be read give gaps.
  [[nodiscard]] static base::Result<std::unique_ptr<OpenPackage>> open(formats::ByteSource source, Inspection& inspection);

  [[nodiscard]] std::vector<PackagePart>& parts() { return parts_; }
  /// Gives the part that a relationship leads to, or null.
  [[nodiscard]] PackagePart* target_of(const Relationship& relationship);
  [[nodiscard]] PackagePart* target_of(const PackagePart& from, std::string_view relationship_id);
  /// Gives the first part with this root element that `from` leads to, or null.
  [[nodiscard]] PackagePart* target_with_root(const PackagePart& from, std::string_view root);
  [[nodiscard]] const std::vector<Relationship>& package_relationships() const { return package_relationships_; }

  [[nodiscard]] base::Result<base::Done> stream(const PackagePart& part, const formats::ChunkSink& sink) const;
  [[nodiscard]] base::Result<std::string> read(const PackagePart& part) const;
  /// Streams an XML part into a handler. Fails as XmlReader and ZipReader.
  [[nodiscard]] base::Result<base::Done> read_xml(const PackagePart& part, formats::XmlHandler& handler) const;
  [[nodiscard]] base::Result<std::unique_ptr<pugi::xml_document>> read_tree(const PackagePart& part) const;

 private:
  explicit OpenPackage(formats::ZipReader archive, Inspection& inspection) : archive_(std::move(archive)), inspection_(inspection) {}
  void list_parts();
  [[nodiscard]] PackagePart* find(std::string_view name);
  [[nodiscard]] std::vector<Relationship> relationships_of(std::string_view part_name);
  void read_content_types();
  void follow_relationships();
  void reach(const std::vector<Relationship>& relationships, std::vector<std::size_t>& waiting);
  [[nodiscard]] std::string root_of(const PackagePart& part) const;

  formats::ZipReader archive_;
  Inspection& inspection_;
  std::vector<PackagePart> parts_;
  std::map<std::string, std::size_t> by_name_;               ///< folded name to index in parts_
  std::map<std::string, std::size_t> relationship_entries_;  ///< folded name of a relationships file to its entry
  std::vector<Relationship> package_relationships_;
  std::size_t content_types_entry_ = 0;
};

/// Tells whether an archive is a package: it has a part of content types.
[[nodiscard]] bool is_open_package(const formats::ZipSurvey& survey);

}  // namespace candour::inspect
