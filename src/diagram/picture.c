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
    return end->box->y + HEAD + (int)end->row * ROW + ROW / 2;
}

int
end_port(const struct end *end)
{
    return 2 * (end->box->ports + (int)end->row) + (end->side == SIDE_RIGHT);
}
