// SPDX-License-Identifier: Apache-2.0
#include "format/xml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::format {
namespace {

using testing::HasSubstr;

std::string refusal(std::string_view text) {
    try {
        read_xml(text, "f.xml");
        return "read";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(Xml, ReadsElementsAttributesAndText) {
    const XmlElement root = read_xml(
        "\xEF\xBB\xBF\n\n <?xml version=\"1.0\"?><!-- <!DOCTYPE --><a x='1' y=\"&lt;&#65;&amp;\">t<b/>"
        "<![CDATA[&u;]]></a>\n<!-- end -->",
        "f.xml");
    EXPECT_EQ(root.name, "a");
    EXPECT_EQ(*root.attribute("x"), "1");
    EXPECT_EQ(*root.attribute("y"), "<A&");
    EXPECT_EQ(root.attribute("z"), nullptr);
    EXPECT_EQ(root.text, "t&u;");
    ASSERT_NE(root.child("b"), nullptr);
    EXPECT_EQ(root.child("c"), nullptr);
}

TEST(Xml, KnowsPlaces) {
    const XmlElement root = read_xml("<a>\n  \xC3\xA9<b/>\n\n<c/></a>", "f.xml");
    EXPECT_EQ(root.place, (Place{"f.xml", 1, 1, {}}));
    EXPECT_EQ(root.children[0].place, (Place{"f.xml", 2, 4, {}}));
    EXPECT_EQ(root.children[1].place, (Place{"f.xml", 4, 1, {}}));
}

TEST(Xml, ReadsLatin1WhereItIsDeclared) {
    const XmlElement root = read_xml("<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xE9'/>", "f.xml");
    EXPECT_EQ(*root.attribute("x"), "\xC3\xA9");
    EXPECT_THAT(refusal("<?xml version='1.0' encoding='koi8-r'?><a/>"),
                HasSubstr("an encoding that is not read; found 'koi8-r'"));
}

TEST(Xml, ExpandsNothingAndFetchesNothing) {
    EXPECT_THAT(refusal("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
                HasSubstr("f.xml:1:1: document type declarations are not read; found '<!DOCTYPE'"));
    EXPECT_THAT(refusal("<a><!ENTITY lol 'lol'></a>"), HasSubstr("f.xml:1:4: document type declarations"));
    EXPECT_THAT(refusal("<a x='&lol;'/>"), HasSubstr("f.xml:1:7: entities are not read; found '&lol;'"));
    EXPECT_THAT(refusal("<a>&lol9;</a>"), HasSubstr("entities are not read"));
    EXPECT_THAT(refusal("<a x='R&D; A'/>"), HasSubstr("found '&D;'"));
    EXPECT_EQ(*read_xml("<a x='R&D A & B'/>", "f.xml").attribute("x"), "R&D A & B");
}

TEST(Xml, RefusesWhatIsNotWellFormed) {
    EXPECT_THAT(refusal("<a>\n<b></a>"), HasSubstr("f.xml:2:"));
    EXPECT_THAT(refusal(""), HasSubstr("no element at all"));
    EXPECT_THAT(refusal("<a/><b/>"), HasSubstr("f.xml:1:5: something stands behind the root element"));
    EXPECT_THAT(refusal("<a x='1' x='2'/>"), HasSubstr("the same attribute twice"));
    EXPECT_THAT(refusal("<a x='&#1;'/>"), HasSubstr("a character that may not stand in XML; found '0x1'"));
    EXPECT_THAT(refusal("<a>\x01</a>"), HasSubstr("f.xml:1:4: a character that may not stand"));
    EXPECT_THAT(refusal("<a>\xFF</a>"), HasSubstr("found '0xff'"));
    EXPECT_THAT(refusal("\xFF\xFE<\0a"), HasSubstr("UTF-16"));
    EXPECT_THAT(refusal("<a"), HasSubstr("f.xml:1:"));
}

TEST(Xml, StatesItsLimits) {
    std::string deep;
    for (std::size_t k = 0; k <= XmlLimits::depth; ++k)
        deep = "<a>" + deep + "</a>";
    EXPECT_THAT(refusal(deep), HasSubstr("at most 32 levels"));
    std::string many = "<a>";
    for (std::size_t k = 0; k < XmlLimits::elements; ++k)
        many += "<b/>";
    EXPECT_THAT(refusal(many + "</a>"), HasSubstr("at most 200000"));
}

bool same(const XmlElement& a, const XmlElement& b) {
    return a.name == b.name && a.attributes == b.attributes && a.text == b.text &&
           std::ranges::equal(a.children, b.children, same);
}

RC_GTEST_PROP(Xml, WhatIsWrittenReadsBack, ()) {
    const auto text = [] {
        return *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab<>&\"'; \n\t\r]-!")));
    };
    XmlElement root;
    root.name = "root";
    for (int k = 0; k < 3; ++k) {
        XmlElement child;
        child.name = "child";
        child.attributes = {{"x", text()}, {"y", text()}};
        root.children.push_back(child);
    }
    RC_ASSERT(same(read_xml(write_xml(root), "f.xml"), root));
}

RC_GTEST_PROP(Xml, AnyBytesAreReadOrRefused, ()) {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("<>/ab='\"&;!-[]?x#1 \n\xC3\xA9", 22)));
    try {
        read_xml("<a>" + text + "</a>", "f.xml");
    } catch (const Error& error) {
        RC_ASSERT(!error.problems().empty());
    }
}

}  // namespace
}  // namespace steelyard::format
