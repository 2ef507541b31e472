/* picture.c - where lines meet boxes. */
#include "diagram/picture.h"

int
end_x(const struct end *end)
{
    return end->side == SIDE_LEFT ? end->box->x : end->box->x + end->box->width;
}

int
end_y(const struct end *end)
{
    static const int plain_rows[] = {[PLAIN_ROW_PARENT] = 12, [PLAIN_ROW_CHILD] = 28};
    if (end->box->form != FORM_ROWS)
        return end->box->y + plain_rows[end->row];
    return end->box->y + HEAD + (int)end->row * ROW + ROW / 2;
}

int
end_port(const struct end *end)
{
    return 2 * (end->box->ports + (int)end->row) + (end->side == SIDE_RIGHT);
}

void
picture_number_ports(struct picture *picture)
{
    int ports = 0;
    for (size_t i = 0; i < picture->box_count; i++) {
        struct box *box = picture->boxes[i];
        box->ports = ports;
        ports += box->form == FORM_ROWS ? (int)box->row_count + 1 : PLAIN_ROWS;
    }
}

int
picture_stub(const struct picture *picture)
{
    return picture->notation == ARROWS ? STUB_ARROW : STUB;
}
