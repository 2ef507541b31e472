/* tally.c - tiles of what was counted. */
#include "site/tally.h"

#include "site/parts.h"
#include "site/words.h"

xmlNode *
tally_tile(xmlNode *tiles, const char *title, size_t part, size_t whole, const char *text)
{
    xmlNode *tile = tree_element(tiles, "tile");
    g_autofree char *big = words_number((int64_t)part);
    g_autofree char *all = words_number((int64_t)whole);
    g_autofree char *small = g_strdup_printf("of %s", all);
    g_autofree char *percent = whole == 0 ? NULL : words_percent((int64_t)part, (int64_t)whole);
    tree_attribute(tile, "title", title);
    tree_attribute(tile, "big", big);
    tree_attribute(tile, "small", small);
    tree_attribute(tile, "percent", percent);
    tree_attribute(tile, "tone", "ok");
    tree_attribute(tile, "text", text);
    return tile;
}

void
tally_foreign_key_tile(const struct sheet *sheet, xmlNode *tiles, const struct tally *tally)
{
    size_t without = tally->foreign_keys - tally->supported_foreign_keys;
    g_autofree char *text = NULL;
    if (tally->foreign_keys == 0)
        text = g_strdup("There are no foreign keys.");
    else if (without == 0)
        text = g_strdup("Every delete finds its rows.");
    else
        text = g_strdup_printf("%zu %s a whole table.", without,
                               without == 1 ? "delete reads" : "deletes read");
    xmlNode *tile = tally_tile(tiles, "Foreign keys with an index", tally->supported_foreign_keys,
                               tally->foreign_keys, text);
    sheet_href_top(sheet, tile, "indexes/index.html");
}
