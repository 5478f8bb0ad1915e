#pragma once
// Reads XML as a stream over expat: namespaces resolved, entities off, depth limited.

#include <candour/base/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace candour::formats {

/// One attribute; the views live until the handler returns.
struct XmlAttribute {
  std::string_view name;  ///< as element names; without a prefix where the attribute has no namespace
  std::string_view value;
};

/// The attributes of a start tag.
class XmlAttributes {
 public:
  explicit XmlAttributes(std::span<const XmlAttribute> all) : all_(all) {}
  [[nodiscard]] std::span<const XmlAttribute> all() const { return all_; }
  /// Gives the value, or nothing where the attribute is absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// Gives the value, or an empty text.
  [[nodiscard]] std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view{}); }

 private:
  std::span<const XmlAttribute> all_;
};

/// What a reader of XML is told, in document order.
///
/// Names are canonical: the local name after a prefix that we choose for each known namespace (xml_names.hpp), whatever prefix the file uses, so
/// "s:sheet" is a SpreadsheetML sheet in the transitional and in the strict form. Unknown namespaces read "{uri}name".
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void on_start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void on_end(std::string_view name) = 0;
  /// May come in several pieces for one run of text.
  virtual void on_text(std::string_view text) = 0;
  virtual void on_comment(std::string_view /*text*/) {}
  virtual void on_instruction(std::string_view /*target*/, std::string_view /*data*/) {}
};

struct XmlLimits {
  std::uint32_t most_depth = 256;
  std::uint32_t most_attributes = 4'096;          ///< on one element
  std::uint32_t longest_markup_bytes = 16 << 20;  ///< one tag, comment or instruction
};

/// Feeds a handler with a document that arrives in pieces.
///
///     XmlReader reader(handler, limits);
///     CANDOUR_TRY_DONE(archive.stream(part, [&](std::string_view piece) { return reader.feed(piece); }));
///     CANDOUR_TRY_DONE(reader.finish());
///
/// Fails: could_not_finish "xml.malformed" (with line and column), "xml.doctype" (a document type could define entities: it is refused),
/// "xml.over_limit" (depth, attributes, markup length). After an error the reader gives the same error again.
class XmlReader {
 public:
  explicit XmlReader(XmlHandler& handler, XmlLimits limits = {});
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  [[nodiscard]] base::Result<base::Done> feed(std::string_view piece);
  [[nodiscard]] base::Result<base::Done> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads a whole document from memory.
[[nodiscard]] base::Result<base::Done> read_xml(std::string_view bytes, XmlHandler& handler, XmlLimits limits = {});

}  // namespace candour::formats
