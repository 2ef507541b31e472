/* shape.c - how large a box is, and how much of its names fits. */
#include "diagram/shape.h"

#include "diagram/label.h"

/* Widths in 1/100 px of a cell of the monospace font at 12 px, 12.5 px bold and 11 px. No common
 * monospace font is wider. */
enum { CELL = 725, CELL_BOLD = 760, CELL_SMALL = 670 };

/* Widths in 1/100 px beside the letters: margins, and what stands before a name or type. */
enum {
    BESIDE_NAME = 2400,
    BESIDE_GLYPH = 1400,
    BESIDE_ROW = 3800,
    BESIDE_TYPE = 1600,
    BESIDE_NOTE = 1600
};

/* The narrowest boxes. */
static const int least[] = {[FORM_ROWS] = 14400, [FORM_PLAIN] = 9600, [FORM_AREA] = 14400};

int
on_grid(int length)
{
    return (length + GRID - 1) / GRID * GRID;
}

static int
row_width(const struct row *row)
{
    int width = BESIDE_ROW + label_cells(row->label) * CELL;
    if (row->type_label != NULL)
        width += BESIDE_TYPE + label_cells(row->type_label) * CELL_SMALL;
    return width;
}

/* Cuts the names of the head; the width that it needs, in 1/100 px. */
static int
shape_head(struct arena *arena, struct box *box, const struct fit *fit)
{
    const char *schema = box->object != NULL ? object_schema(box->object) : NULL;
    bool shows_schema = schema != NULL && fit->schema > 0;
    box->schema_label = shows_schema ? label_name(arena, schema, fit->schema) : NULL;
    box->name_label = box->area != NULL ? label_fit(arena, box->area->name, fit->name)
                                        : label_name(arena, object_name(box->object), fit->name);
    int width = BESIDE_NAME + label_cells(box->name_label) * CELL_BOLD;
    if (box->drawn != DRAWN_SAME)
        width += BESIDE_GLYPH;
    if (shows_schema)
        width += (label_cells(box->schema_label) + 1) * CELL_BOLD;
    if (box->note != NULL)
        width += BESIDE_NOTE + label_cells(box->note) * CELL_SMALL;
    return width;
}

static int
height_of(const struct box *box)
{
    size_t rows = box->row_count + (box->object == NULL && box->area == NULL ? 0 : box->more > 0);
    if (box->form == FORM_PLAIN || (box->form == FORM_AREA && rows == 0))
        return PLAIN;
    return HEAD + FOOT + (int)rows * ROW;
}

void
shape_box(struct arena *arena, struct box *box, const struct fit *fit)
{
    int width = least[box->form];
    if (box->object != NULL || box->area != NULL)
        width = MAX(width, shape_head(arena, box, fit));
    for (size_t i = 0; i < box->row_count; i++) {
        struct row *row = &box->rows[i];
        row->label = label_name(arena, row->name, fit->column);
        const char *type = label_type(arena, row->type);
        int room = row->drawn == DRAWN_CHANGED ? 2 * fit->type : fit->type;
        row->type_label = type == NULL ? NULL : label_fit(arena, type, room);
        width = MAX(width, row_width(row));
    }
    box->width = on_grid((width + 99) / 100);
    box->height = height_of(box);
}
