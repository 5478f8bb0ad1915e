#include <candour/formats/xml_tree.hpp>

#include <string>

namespace candour::formats {
namespace {

class TreeBuilder : public XmlHandler {
 public:
  explicit TreeBuilder(pugi::xml_document& document) : at_(document) {}

  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    end_text();
    at_ = at_.append_child(std::string(name).c_str());
    for (const auto& attribute : attributes.all()) {
      at_.append_attribute(std::string(attribute.name).c_str()).set_value(std::string(attribute.value).c_str());
    }
  }
  void on_end(std::string_view) override {
    end_text();
    at_ = at_.parent();
  }
  void on_text(std::string_view text) override { text_ += text; }

 private:
  void end_text() {
    if (!text_.empty()) at_.append_child(pugi::node_pcdata).set_value(text_.c_str());
    text_.clear();
  }

  pugi::xml_node at_;
  std::string text_;
};

}  // namespace

base::Result<std::unique_ptr<pugi::xml_document>> read_xml_tree(std::string_view bytes, XmlLimits limits) {
  auto document = std::make_unique<pugi::xml_document>();
  TreeBuilder builder(*document);
  CANDOUR_TRY_DONE(read_xml(bytes, builder, limits));
  return document;
}

}  // namespace candour::formats
